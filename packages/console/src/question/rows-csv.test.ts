import { expect, it } from "vitest";
import type { Column } from "../api/column.js";
import { rowsCsv } from "./rows-csv.js";

const COLUMNS: Column[] = [
  { name: "page", kind: "dimension" },
  { name: "views", kind: "count" },
  { name: "rate", kind: "share", nullable: true },
  { name: "properties", kind: "object" },
];

it("gives every column of every row, unrounded, and runs nothing in a spreadsheet", () => {
  const rows = [
    { page: "=1+1", views: 3, rate: 1 / 3, properties: { a: 1 } },
    { page: "/", views: 0, rate: null, properties: {} },
  ];
  expect(rowsCsv(rows, COLUMNS)).toBe(
    `\uFEFFpage,views,rate,properties\r\n'=1+1,3,${1 / 3},"{""a"":1}"\r\n/,0,,{}\r\n`,
  );
});
