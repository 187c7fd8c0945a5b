import { Link, useParams } from "react-router";
import { useTrack } from "../balise.js";
import { useOnce } from "../use-once.js";

const OTHERS: Record<string, string> = { heron: "galet", galet: "heron" };

export function Lamp() {
  const { lamp = "" } = useParams();
  const other = OTHERS[lamp] ?? "heron";
  const track = useTrack();
  useOnce(lamp, () => track("lamp_viewed", { lamp }));
  return (
    <>
      <title>{`Lamp ${lamp}`}</title>
      <h1>Lamp {lamp}</h1>
      <button
        type="button"
        onClick={() => track("cart_added", { lamp, quantity: 1 }, { value: 49, currency: "EUR" })}
      >
        Add to the cart
      </button>
      <Link to={`/lamps/${other}`}>See {other}</Link>
    </>
  );
}
