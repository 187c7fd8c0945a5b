/**
 * Wordings that lead to an answer, by language. Each is beyond doubt: a warning that is wrong is
 * turned off with all the others. Texts are compared without capitals and with straight apostrophes.
 */
const LEADING: { [language: string]: readonly RegExp[] } = {
  en: [
    /\b(do|would|are|is|did|have|has|was|were)n't (you|it|we|they|this|that|our)\b/,
    /^(do|would|don't) you (not )?agree (that|with us)\b/,
    /\bhow (great|good|amazing|excellent|wonderful|happy|pleased|delighted) (was|were|is|are|did|do)\b/,
    /\bhow much (do|did|have) you (like|love|enjoy|enjoyed|liked|loved)\b/,
    /\b(our|this|the) (great|amazing|excellent|award-winning|wonderful|fantastic|innovative|world-class|popular)\b/,
    /\b(obviously|clearly|of course|surely|as you know|needless to say)\b/,
    /\bmost (of our )?(people|customers|users|members|clients)\b/,
    /\b(give|rate|award) us (a |an )?(5|five|10|ten|high|top|excellent)\b/,
    /\bwhat (did|do) you (like|love|enjoy) (most|best)\b/,
    /,? (right|isn't it|don't you|wouldn't you)\?$/,
  ],
  fr: [
    /(?<!\p{L})n'est-ce pas(?!\p{L})/u,
    /(?<!\p{L})ne (pensez|trouvez|croyez|diriez|seriez|voulez)-vous pas(?!\p{L})/u,
    /(?<!\p{L})n'(êtes|avez|auriez|étiez|aimez|appréciez)-vous pas(?!\p{L})/u,
    /^(êtes|seriez)-vous d'accord (pour dire|avec nous|que)/u,
    /(?<!\p{L})à quel point (avez-vous|aimez-vous|appréciez-vous).*(aimé|adoré|apprécié|aimez|appréciez)/u,
    /(?<!\p{L})combien avez-vous (aimé|adoré|apprécié)/u,
    /(?<!\p{L})(notre|nos|ce|cette|ces) (excellente?s?|formidables?|superbes?|fantastiques?|merveilleu(x|se|ses)|remarquables?|nouve(au|lle) et meilleure?)(?!\p{L})/u,
    /(?<!\p{L})(évidemment|bien sûr|naturellement|sans aucun doute|comme vous le savez|il va de soi)(?!\p{L})/u,
    /(?<!\p{L})(comme )?la plupart (de nos |des )(clients|gens|personnes|utilisateurs|sociétaires|adhérents)/u,
    /(?<!\p{L})(mettez|donnez|attribuez)-nous (un |une )?(5|cinq|10|dix|bonne|excellente)/u,
    /(?<!\p{L})qu'avez-vous (préféré|le plus (aimé|apprécié))/u,
    /, (non|pas vrai|hein) ?\?$/u,
  ],
};

/** The words of a question that lead to an answer, or undefined. Languages without patterns pass. */
export function leadingWords(text: string, language: string): string | undefined {
  const [tongue = ""] = language.toLowerCase().split("-");
  // Beginnings are told by ^: after "to what extent" the same words are neutral.
  const plain = text
    .trim()
    .normalize("NFC")
    .toLowerCase()
    .replace(/[’ʼ]/g, "'")
    .replace(/\s+/g, " ");
  const patterns = Object.hasOwn(LEADING, tongue) ? LEADING[tongue] : undefined;
  for (const pattern of patterns ?? []) {
    const found = pattern.exec(plain)?.[0];
    if (found !== undefined) return found.trim();
  }
  return undefined;
}
