// Never run: `npm run build` compiles it, and fails where a component may tell what is not planned.
import { useTrack } from "./balise.js";

export function Wrong() {
  const track = useTrack();
  // @ts-expect-error -- no event of the plan has this name
  track("lamp_seen", { lamp: "heron" });
  // @ts-expect-error -- lamp is missing
  track("lamp_viewed", {});
  // @ts-expect-error -- this event has no properties
  track("signed_out", { why: "late" });
  return null;
}
