/** Milliseconds of the first event. */
export const T0 = Date.UTC(2026, 0, 10);

const uuid = (kind: number, number: number): string =>
  `${String(kind).padStart(8, "0")}-0000-7000-8000-${String(number).padStart(12, "0")}`;

/** The same sequence each time, uniform in 0…below-1. */
function sequence(): (below: number) => number {
  let state = 42;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * Rows of visitors who log in within a session, on one or two devices, some of which others use too;
 * with copies, bots and accounts; and a release that is told twice. Their events before and after a login are on different shards.
 */
export function visitors(): { events: object[]; identities: object[]; annotations: object[] } {
  const random = sequence();
  const events: object[] = [];
  const identities: object[] = [];
  for (let person = 0; person < 120; person++) {
    const devices = [person, ...(random(3) === 0 ? [1000 + random(60)] : [])];
    const known = random(3) > 0;
    devices.forEach((device, place) => {
      const login = random(8);
      if (known) identities.push(link(device, person, T0 + place * 1000));
      const session = person * 10 + place;
      for (let n = 0; n < 8; n++) {
        const row = {
          site_id: "s",
          id: uuid(3, events.length),
          name: "abcd".charAt(random(4)),
          occurred_at: T0 + random(20) * 86_400_000 + random(50) * 1000,
          received_at: Date.now() - random(86_400_000),
          anonymous_id: uuid(1, device),
          session_id: uuid(2, session),
          ...(known && n >= login ? { user_id: `u${person}` } : {}),
          account_id: random(2) === 0 ? `account${person % 7}` : "",
          acquisition_channel: n === 0 ? ["search", "email", "direct"][random(3)] : "",
          device: ["mobile", "desktop"][random(2)],
          properties: { plan: ["x", "y"][random(2)] },
          bot: random(20) === 0,
        };
        for (let copy = random(6) === 0 ? 0 : 1; copy < 2; copy++) events.push(row);
      }
    });
  }
  const release = { site_id: "s", annotation_id: "release", kind: "release" };
  const annotations = [1, 2].map((day) => ({
    ...release,
    starts_at: T0 + day * 4 * 86_400_000,
    ends_at: T0 + day * 4 * 86_400_000,
    received_at: T0 + day,
  }));
  return { events, identities, annotations };
}

function link(device: number, person: number, moment: number): object {
  return {
    site_id: "s",
    anonymous_id: uuid(1, device),
    user_id: `u${person}`,
    linked_at: moment,
  };
}
