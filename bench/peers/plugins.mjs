import commonjs from "@rollup/plugin-commonjs";
import json from "@rollup/plugin-json";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";

/** What every bundler does with this name. */
const production = {
  name: "production",
  transform: (code) =>
    code.includes("process.env.NODE_ENV")
      ? { code: code.replaceAll("process.env.NODE_ENV", '"production"'), map: null }
      : null,
};

/**
 * What a user's bundler does with the files of packages.
 *
 * @type {() => import("rollup").Plugin[]}
 */
export const reading = () => [nodeResolve({ browser: true }), commonjs(), json(), production];

/**
 * What it does with the files that it writes.
 *
 * @type {() => import("rollup").Plugin[]}
 */
export const writing = () => [terser({ ecma: 2020, module: true })];
