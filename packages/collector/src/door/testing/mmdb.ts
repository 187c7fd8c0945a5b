/** Writes small MaxMind databases: https://maxmind.github.io/MaxMind-DB/ */
import ipaddr from "ipaddr.js";

type Data = string | number | Data[] | { [key: string]: Data };

const [MAP, TEXT, WORD, LONG, LIST] = [7, 2, 5, 6, 11];
const MARKER = Buffer.from("\xab\xcd\xefMaxMind.com", "latin1");

/** A tree of bits: a leaf is the place of its data. */
type Node = [Node | number | undefined, Node | number | undefined];

/** The file's bytes, with a record for every network, such as `81.2.69.0/24` or `2001:db8::/48`. */
export function mmdb(records: Record<string, Data>, type = "GeoLite2-City"): Buffer {
  const root: Node = [undefined, undefined];
  let data: Buffer = Buffer.alloc(0);
  for (const [network, record] of Object.entries(records)) {
    insert(root, bitsOf(network), data.length);
    data = Buffer.concat([data, encode(record)]);
  }
  const nodes = listed(root);
  const tree = Buffer.alloc(nodes.length * 8);
  nodes.forEach((node, place) => {
    node.forEach((child, side) => {
      const number =
        child === undefined
          ? nodes.length
          : typeof child === "number"
            ? nodes.length + 16 + child
            : nodes.indexOf(child);
      tree.writeUInt32BE(number, place * 8 + side * 4);
    });
  });
  const metadata = encode({
    node_count: nodes.length,
    record_size: 32,
    ip_version: 6,
    database_type: type,
    languages: ["en"],
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_700_000_000,
    description: { en: "for tests" },
  });
  return Buffer.concat([tree, Buffer.alloc(16), data, MARKER, metadata]);
}

/** IPv4 lies below `::/96`. */
function bitsOf(network: string): number[] {
  const [address, prefix] = ipaddr.parseCIDR(network);
  const bytes = address.toByteArray();
  const all =
    address.kind() === "ipv4" ? [...Array.from({ length: 12 }, () => 0), ...bytes] : bytes;
  const bits = all.flatMap((byte) => Array.from({ length: 8 }, (_, at) => (byte >> (7 - at)) & 1));
  return bits.slice(0, prefix + (address.kind() === "ipv4" ? 96 : 0));
}

function insert(root: Node, bits: readonly number[], leaf: number): void {
  let node = root;
  for (const bit of bits.slice(0, -1)) {
    const next = node[bit];
    const child: Node = typeof next === "object" ? next : [undefined, undefined];
    node[bit] = child;
    node = child;
  }
  node[bits.at(-1) ?? 0] = leaf;
}

function listed(node: Node): Node[] {
  return [node, ...node.flatMap((child) => (typeof child === "object" ? listed(child) : []))];
}

function encode(value: Data): Buffer {
  if (typeof value === "string") return tagged(TEXT, Buffer.byteLength(value), Buffer.from(value));
  if (typeof value === "number") {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return value < 65_536 ? tagged(WORD, 2, bytes.subarray(2)) : tagged(LONG, 4, bytes);
  }
  if (Array.isArray(value)) return tagged(LIST, value.length, ...value.map(encode));
  const entries = Object.entries(value);
  return tagged(
    MAP,
    entries.length,
    ...entries.flatMap(([key, item]) => [encode(key), encode(item)]),
  );
}

/** Sizes up to 28 stand in the control byte; types past 7 in a byte of their own. */
function tagged(type: number, size: number, ...content: Buffer[]): Buffer {
  if (size > 28) throw new Error("too long for a test");
  const head = type <= 7 ? [(type << 5) | size] : [size, type - 7];
  return Buffer.concat([Buffer.from(head), ...content]);
}
