/**
 * The longest texts that patterns and Unicode normalisation looked at during `work`: with a bound on them, no text
 * however hostile costs more than the worst of that length. Errors of `work` are its own.
 */
export function longestSeen(work: () => unknown): { matched: number; normalised: number } {
  const { exec } = RegExp.prototype;
  const { normalize } = String.prototype;
  const longest = { matched: 0, normalised: 0 };
  // `test`, `replace`, `split` and `matchAll` go through it as well.
  RegExp.prototype.exec = function (text) {
    longest.matched = Math.max(longest.matched, text.length);
    return exec.call(this, text);
  };
  String.prototype.normalize = function (form?: string) {
    longest.normalised = Math.max(longest.normalised, this.length);
    return normalize.call(this, form);
  };
  try {
    work();
  } catch {
    // Refusing is an answer.
  } finally {
    RegExp.prototype.exec = exec;
    String.prototype.normalize = normalize;
  }
  return longest;
}

/** Ten thousand characters each: spaces, marks that are put in order, one character that becomes eighteen, … */
export const hostileTexts: readonly string[] = [
  ' ',
  '\u00a0',
  '\u0327\u0301',
  '\ufdfa',
  '再',
  'then ',
  'and ',
  ', ',
  '1 ',
  '1,',
  '"',
  'a',
].map((unit) => `a${unit.repeat(10_000 / unit.length)}b`);
