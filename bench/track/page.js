// Runs in the page of bench/track.ts, built as a user's page is.
import { createTag } from "@balise/sdk";

let tag;
let sent;

/** Batches are answered here, and none goes before it is asked for. */
export function start(host, key) {
  const answer = async (url, { body }) => {
    sent = body;
    return new Response('{"accepted":1,"rejected":[]}', { status: 202 });
  };
  tag = createTag({ key, host, fetch: answer, batchDelay: 1_000_000 });
  globalThis.measure = measure;
}

export function track() {
  // What is measured is called by measure().
}

/** Each is first in turn: who comes first pays for what the one before has left to do. */
async function measure(calls, rounds) {
  const event = await anEvent();
  const database = await openDatabase();
  const works = {
    track: () => ofCalls(calls, (number) => call(number)),
    floor: () => ofCalls(calls, (number) => keep(`floor.${number}`, event)),
    relaxed: (round) => untilStored(database, "relaxed", event, round),
    strict: (round) => untilStored(database, "strict", event, round),
  };
  const measured = { track: [], floor: [], relaxed: [], strict: [] };
  for (let round = 0; round < rounds; round++) {
    const names = Object.keys(works);
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      measured[name].push(await works[name](round));
      await tag.flush();
      for (let number = 0; number < calls; number++) localStorage.removeItem(`floor.${number}`);
      await pause();
    }
  }
  return measured;
}

const keep = (key, event) => localStorage.setItem(key, JSON.stringify(event));

/** Nothing of what was done before is left to do. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 10));

const call = (number) => tag.track("cart_added", { number, product: "lamp" });

/** Microseconds a call. */
function ofCalls(calls, work) {
  const before = performance.now();
  for (let number = 0; number < calls; number++) work(number);
  return ((performance.now() - before) / calls) * 1000;
}

/** An event as the tag sends it. */
async function anEvent() {
  call(0);
  await tag.flush();
  return JSON.parse(sent).events[0];
}

async function openDatabase() {
  const opening = indexedDB.open("bench");
  opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore("events"));
  await new Promise((resolve) => opening.addEventListener("success", resolve));
  return opening.result;
}

/** Milliseconds. */
async function untilStored(database, durability, event, key) {
  const before = performance.now();
  const transaction = database.transaction("events", "readwrite", { durability });
  transaction.objectStore("events").put(JSON.stringify(event), key);
  await new Promise((resolve) => transaction.addEventListener("complete", resolve));
  return performance.now() - before;
}
