/**
 * How many steps patterns take during `work`, counted by a plain backtracking matcher that does what engines do, from
 * each start to the end. It must find what the engine found, else this throws. Errors of `work` are its own.
 */
export function patternSteps(work: () => unknown): number {
  const { exec } = RegExp.prototype;
  let steps = 0;
  let differs: string | undefined;
  // `test`, `replace`, `split` and `matchAll` go through it as well.
  RegExp.prototype.exec = function (text) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const found = exec.call(this, text);
    RegExp.prototype.exec = exec;
    try {
      const counted = search(this, text, from);
      steps += counted.steps;
      const end = found ? found.index + found[0].length : undefined;
      if (counted.index !== found?.index || counted.end !== end) differs ??= String(this);
    } finally {
      RegExp.prototype.exec = counting;
    }
    return found;
  };
  const counting = RegExp.prototype.exec;
  try {
    work();
  } finally {
    RegExp.prototype.exec = exec;
  }
  if (differs !== undefined) throw new Error(`the matcher that counts reads ${differs} in another way`);
  return steps;
}

type Next = (at: number) => number | undefined;
/** Where a match that starts at `at` ends, if what comes next agrees. */
type Matcher = (run: Run, at: number, next: Next) => number | undefined;

interface Run {
  text: string;
  steps: number;
}

const parsed = new Map<string, Matcher>();

function search({ source, flags }: RegExp, text: string, from: number) {
  const key = `${flags} ${source}`;
  const matcher = parsed.get(key) ?? new Parser(source, flags).pattern();
  parsed.set(key, matcher);
  const run: Run = { text, steps: 0 };
  for (let index = from; index <= text.length; index += 1) {
    const end = matcher(run, index, (at) => at);
    if (end !== undefined) return { steps: run.steps, index, end };
    if (flags.includes('y')) break;
  }
  return { steps: run.steps, index: undefined, end: undefined };
}

/** The part of the syntax that our patterns use; throws for the rest. */
class Parser {
  private at = 0;
  private readonly source: string;
  private readonly flags: string;

  constructor(source: string, flags: string) {
    this.source = source;
    this.flags = flags;
  }

  pattern(): Matcher {
    const whole = this.either();
    if (this.at < this.source.length) throw new Error(`not read: ${this.source.slice(this.at)}`);
    return whole;
  }

  private either(): Matcher {
    const branches = [this.row()];
    while (this.take('|')) branches.push(this.row());
    const [only] = branches;
    if (only && branches.length === 1) return only;
    return (run, at, next) => {
      for (const branch of branches) {
        const end = branch(run, at, next);
        if (end !== undefined) return end;
      }
      return undefined;
    };
  }

  private row(): Matcher {
    const parts: Matcher[] = [];
    while (this.at < this.source.length && !'|)'.includes(this.source[this.at] ?? ''))
      parts.push(this.item());
    return (run, at, next) => {
      const from = (index: number, here: number): number | undefined => {
        const part = parts[index];
        return part ? part(run, here, (after) => from(index + 1, after)) : next(here);
      };
      return from(0, at);
    };
  }

  private item(): Matcher {
    if (this.take('^')) return (run, at, next) => (counted(run) && at === 0 ? next(at) : undefined);
    if (this.take('$'))
      return (run, at, next) => (counted(run) && at === run.text.length ? next(at) : undefined);
    if (this.take('\\b')) return boundary;
    if (this.take('(')) return this.group();
    const one = this.one();
    const [least, most] = this.bounds() ?? [1, 1];
    // From the longest to the shortest, without a call per character.
    return (run, at, next) => {
      let end = at;
      while (end - at < most && end < run.text.length && counted(run) && one.test(run.text[end] ?? ''))
        end += 1;
      if (end === run.text.length) counted(run);
      for (; end - at >= least; end -= 1) {
        counted(run);
        const found = next(end);
        if (found !== undefined) return found;
      }
      return undefined;
    };
  }

  private group(): Matcher {
    const isAhead = this.take('?=');
    if (!isAhead && !this.take('?:') && this.source[this.at] === '?')
      throw new Error('a group not known here');
    const inner = this.either();
    if (!this.take(')')) throw new Error('a group without its end');
    if (isAhead) {
      return (run, at, next) => (inner(run, at, (end) => end) === undefined ? undefined : next(at));
    }
    const [least, most] = this.bounds() ?? [1, 1];
    return (run, at, next) => {
      const again = (times: number, here: number): number | undefined => {
        if (times < most) {
          const found = inner(run, here, (end) => (end === here ? undefined : again(times + 1, end)));
          if (found !== undefined) return found;
        }
        return times >= least ? next(here) : undefined;
      };
      return again(0, at);
    };
  }

  /** A class, an escape or a letter, as a pattern of its own for one character. */
  private one(): RegExp {
    const rest = this.source.slice(this.at);
    const found = /^(?:\[(?:\\.|[^\]\\])*\]|\\u[\da-f]{4}|\\.|[^*+?{}()|[\]\\])/i.exec(rest);
    if (!found) throw new Error(`not read: ${rest}`);
    this.at += found[0].length;
    return new RegExp(`^${found[0]}$`, this.flags.replace(/[gy]/g, ''));
  }

  private bounds(): [number, number] | undefined {
    const found = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})/.exec(this.source.slice(this.at));
    if (!found) return undefined;
    this.at += found[0].length;
    if (this.source[this.at] === '?') throw new Error('a lazy repetition is not known here');
    const [, sign, least, comma, most] = found;
    if (sign) return [sign === '+' ? 1 : 0, sign === '?' ? 1 : Number.POSITIVE_INFINITY];
    return [Number(least), most ? Number(most) : comma ? Number.POSITIVE_INFINITY : Number(least)];
  }

  private take(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }
}

function counted(run: Run): true {
  run.steps += 1;
  return true;
}

function boundary(run: Run, at: number, next: Next): number | undefined {
  counted(run);
  const isWord = (index: number) => /^\w$/.test(run.text[index] ?? '');
  return isWord(at - 1) === isWord(at) ? undefined : next(at);
}
