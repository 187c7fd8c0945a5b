/** Pictures in a row, without tiles. */
export const FACES = `
.faces { display: flex; justify-content: space-around; gap: 0; }
.faces .option { width: 48px; border-color: transparent; }
.faces :checked + .option { background: none; color: var(--ac); border: 2px solid; }
svg { width: 2.25em; max-width: 100%; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
`;
