import { LampCard } from "../../lamp-card.js";

export default function LampPage({ params: { lamp } }: { params: { lamp: string } }) {
  return (
    <>
      <title>{`Lamp ${lamp}`}</title>
      <h1>{`Lamp ${lamp}`}</h1>
      <LampCard lamp={lamp} />
      <a href="/">All lamps</a>
    </>
  );
}
