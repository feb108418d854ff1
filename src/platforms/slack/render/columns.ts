/** How many monospace columns a text takes: wide characters of East Asian scripts and emoji take two. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const sign of text) width += wide.test(sign) ? 2 : combining.test(sign) ? 0 : 1;
  return width;
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const combining = /\p{Mn}|\p{Cf}/u;

export function pad(text: string, width: number, align: 'left' | 'right'): string {
  const gap = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'right' ? gap + text : text + gap;
}

/** Cells on one line each, whatever line breaks they hold. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Rows of cells as aligned lines; a cell wider than `maxWidth` columns is cut. */
export function alignedLines(
  rows: string[][],
  aligns: readonly ('left' | 'right')[],
  maxWidth = 40,
): string[] {
  const cells = rows.map((row) => row.map((cell) => narrow(oneLine(cell), maxWidth)));
  const widths = aligns.map((_, column) =>
    cells.reduce((most, row) => Math.max(most, displayWidth(row[column] ?? '')), 0),
  );
  return cells.map((row) =>
    aligns
      .map((align, column) => pad(row[column] ?? '', widths[column] ?? 0, align))
      .join('  ')
      .trimEnd(),
  );
}

function narrow(text: string, maxWidth: number): string {
  if (displayWidth(text) <= maxWidth) return text;
  let kept = '';
  let width = 0;
  for (const sign of text) {
    width += displayWidth(sign);
    if (width > maxWidth - 1) break;
    kept += sign;
  }
  return `${kept.trimEnd()}…`;
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of block characters, `width` columns for `most`. */
export function bar(value: number, most: number, width: number): string {
  if (!(value > 0) || !(most > 0)) return '';
  const units = Math.max(1, Math.round((Math.min(value, most) / most) * width * 8));
  return '█'.repeat(Math.floor(units / 8)) + (eighths[units % 8] ?? '');
}
