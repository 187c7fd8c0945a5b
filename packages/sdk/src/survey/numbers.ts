/**
 * Numbers in one row, or in two where a row would leave less than 24 px to each, or 44 to a
 * finger.
 */
export const NUMBERS = `
.numbers { grid-template-columns: repeat(var(--n, 5), 1fr); gap: .2em; }
.of-7 { --n: 7; --half: 4; }
.of-10 { --n: 10; }
.of-11 { --n: 11; --half: 6; }
@container (max-width: 16em) { .numbers { --n: var(--half, 5); } }
@media (pointer: coarse) { @container (max-width: 21em) { .of-7 { --n: 4; } } @container (max-width: 33em) { .of-10 { --n: 5; } .of-11 { --n: 6; } } }
`;
