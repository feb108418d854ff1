import { isJson, type Json } from '../json.ts';
import { limits } from './limits.ts';

/** One finding, in the shape of Slack's `blocks.validate`. */
export interface Problem {
  pointer: string;
  code: 'failed_constraint' | 'missing_field' | 'invalid_type' | 'unknown_property' | 'unsupported_type';
  message: string;
  constraint?: { type: string; expected?: string[]; got?: string; limit?: number };
}

export type Surface = 'message' | 'modal' | 'home';

/** What one pass over a payload has seen so far. */
export interface Pass {
  surface: Surface;
  problems: Problem[];
  blockIds: Set<string>;
  /** Of the block that is being looked at. */
  actionIds: Set<string>;
  /** Visible text of all blocks together. */
  characters: number;
  focused: number;
}

export type Rule = (value: unknown, at: string, pass: Pass) => void;

export function newPass(surface: Surface): Pass {
  return { surface, problems: [], blockIds: new Set(), actionIds: new Set(), characters: 0, focused: 0 };
}

export function refuse(
  pass: Pass,
  pointer: string,
  code: Problem['code'],
  message: string,
  constraint?: Problem['constraint'],
): void {
  pass.problems.push({ pointer, code, message, ...(constraint ? { constraint } : {}) });
}

/** A bare string of `min`–`max` characters. `counted`: it is shown, so it counts into the total. */
export function string(
  max: number,
  { min = 1, counted = false, pattern = undefined as RegExp | undefined } = {},
): Rule {
  return (value, at, pass) => {
    if (typeof value !== 'string') return refuse(pass, at, 'invalid_type', 'must be a string');
    if (value.length < min) {
      return refuse(pass, at, 'failed_constraint', `must be more than ${min - 1} characters`, {
        type: 'min_length',
        limit: min,
      });
    }
    if (value.length > max) {
      return refuse(pass, at, 'failed_constraint', `must be less than ${max + 1} characters`, {
        type: 'max_length',
        limit: max,
      });
    }
    if (pattern && !pattern.test(value))
      refuse(pass, at, 'failed_constraint', `must match ${pattern.source}`);
    if (counted) pass.characters += value.length;
  };
}

export const flag: Rule = (value, at, pass) => {
  if (typeof value !== 'boolean') refuse(pass, at, 'invalid_type', 'must be a boolean');
};

export function number(min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY): Rule {
  return (value, at, pass) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      return refuse(pass, at, 'invalid_type', 'must be a number');
    }
    if (value < min || value > max) {
      refuse(pass, at, 'failed_constraint', `must be between ${min} and ${max}`, { type: 'range' });
    }
  };
}

export function oneOf(...expected: string[]): Rule {
  return (value, at, pass) => {
    if (typeof value === 'string' && expected.includes(value)) return;
    refuse(pass, at, 'failed_constraint', `must be one of ${expected.join(', ')}`, {
      type: 'enum',
      expected,
      got: String(value),
    });
  };
}

export function list(rule: Rule, max: number, min = 1): Rule {
  return (value, at, pass) => {
    if (!Array.isArray(value)) return refuse(pass, at, 'invalid_type', 'must be an array');
    if (value.length < min) {
      refuse(pass, at, 'failed_constraint', `no less than ${min} items allowed`, {
        type: 'min_items',
        limit: min,
      });
    }
    if (value.length > max) {
      refuse(pass, at, 'failed_constraint', `no more than ${max} items allowed`, {
        type: 'max_items',
        limit: max,
      });
    }
    value.forEach((item, index) => {
      rule(item, `${at}/${index}`, pass);
    });
  };
}

/** An object with exactly these fields; `type` is always allowed. */
export function object(required: Record<string, Rule>, optional: Record<string, Rule> = {}): Rule {
  return (value, at, pass) => {
    if (!isJson(value)) return refuse(pass, at, 'invalid_type', 'must be an object');
    for (const name of Object.keys(required)) {
      if (value[name] === undefined) {
        refuse(pass, `${at}/${name}`, 'missing_field', `missing required field: ${name}`);
      }
    }
    for (const [name, field] of Object.entries(value)) {
      if (name === 'type' || field === undefined) continue;
      const rule = own(required, name) ?? own(optional, name);
      if (rule) rule(field, `${at}/${name}`, pass);
      else refuse(pass, `${at}/${name}`, 'unknown_property', `unknown property: ${name}`);
    }
  };
}

/** Looks at `type` and applies that kind's rule. */
export function byType(kinds: Record<string, Rule>): Rule {
  return (value, at, pass) => {
    if (!isJson(value)) return refuse(pass, at, 'invalid_type', 'must be an object');
    const rule = typeof value.type === 'string' ? own(kinds, value.type) : undefined;
    if (rule) return rule(value, at, pass);
    refuse(pass, `${at}/type`, 'unsupported_type', `unsupported type: ${String(value.type)}`, {
      type: 'enum',
      expected: Object.keys(kinds),
      got: String(value.type),
    });
  };
}

/** Applies further conditions after the rule, to objects only. */
export function also(rule: Rule, extra: (value: Json, at: string, pass: Pass) => void): Rule {
  return (value, at, pass) => {
    rule(value, at, pass);
    if (isJson(value)) extra(value, at, pass);
  };
}

function own(rules: Record<string, Rule>, name: string): Rule | undefined {
  return Object.hasOwn(rules, name) ? rules[name] : undefined;
}

const plainFields = (max: number, min = 1) =>
  object({ text: string(max, { min, counted: true }) }, { emoji: flag });

export function plainText(max: number): Rule {
  return byType({ plain_text: plainFields(max) });
}

export function anyText(max: number): Rule {
  return byType({
    plain_text: plainFields(max),
    mrkdwn: object({ text: string(max, { counted: true }) }, { verbatim: flag }),
  });
}

export const confirm: Rule = object(
  { text: anyText(limits.confirmText) },
  {
    title: plainText(limits.confirmTitle),
    confirm: plainText(limits.confirmButton),
    deny: plainText(limits.confirmButton),
    style: oneOf('primary', 'danger'),
  },
);
