/** What is used of jstat, which has no types of its own. */
declare module "jstat" {
  interface JStat {
    studentt: { inv: (probability: number, degreesOfFreedom: number) => number };
    normal: { inv: (probability: number, mean: number, deviation: number) => number };
  }
  const module: { jStat: JStat };
  export default module;
}
