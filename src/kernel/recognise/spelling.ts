/**
 * Edits (insert, delete, replace, swap neighbours) between two words; gives up beyond `max` and then returns
 * `max + 1`. Words longer than 40 characters never match.
 */
export function editDistance(a: string, b: string, max: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > max || a.length > 40 || b.length > 40) return max + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (previous[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > max) return max + 1;
    before = previous;
    previous = row;
  }
  return Math.min(previous[b.length] ?? max + 1, max + 1);
}

/** How many edits a word of this length may be away from what it was meant to be. */
function tolerance(word: string): number {
  if (/[\u3400-\u9fff]/.test(word)) return word.length >= 3 ? 1 : 0;
  if (word.length <= 2) return 0;
  return word.length <= 5 ? 1 : 2;
}

/** The nearest of the candidates within tolerance; the first of equals. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = tolerance(word) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word, candidate, least - 1);
    if (distance >= least) continue;
    best = candidate;
    least = distance;
  }
  return best;
}
