import { asJson, asList, isJson } from '../json.ts';
import {
  list,
  newPass,
  object,
  type Pass,
  type Problem,
  plainText,
  type Rule,
  refuse,
  type Surface,
  string,
} from './check.ts';
import { limits } from './limits.ts';
import { anyBlock } from './validate-blocks.ts';
import { suggestedOptions } from './validate-elements.ts';

export type { Problem } from './check.ts';

/** Blocks of a message. Pointers start at `prefix` ('' for a bare list, '/blocks' within a payload). */
export function checkBlocks(blocks: unknown, surface: Surface = 'message', prefix = ''): Problem[] {
  const pass = newPass(surface);
  walkBlocks(blocks, prefix, pass);
  return pass.problems;
}

/** True if the total length is all that is wrong: Slack has its own error code for that. */
export function isOnlyTooLong(problems: readonly Problem[]): boolean {
  return problems.length > 0 && problems.every((problem) => problem.constraint?.type === 'total_length');
}

/** A modal or home tab as handed to `views.*`. */
export function checkView(view: unknown, prefix = ''): Problem[] {
  const kind = asJson(view).type;
  if (kind !== 'modal' && kind !== 'home') {
    const got = String(kind);
    const constraint = { type: 'enum', expected: ['modal', 'home'], got };
    return [
      {
        pointer: `${prefix}/type`,
        code: 'unsupported_type',
        message: `unsupported type: ${got}`,
        constraint,
      },
    ];
  }
  const pass = newPass(kind);
  (kind === 'modal' ? modal : home)(view, prefix, pass);
  if (kind === 'modal') needsSubmit(view, prefix, pass);
  return pass.problems;
}

/** What a type-ahead request may be answered with. */
export function checkOptions(body: unknown): Problem[] {
  const pass = newPass('message');
  if (!isJson(body) || (body.options === undefined) === (body.option_groups === undefined)) {
    refuse(pass, '', 'missing_field', 'must define either `options` or `option_groups`');
  } else if (body.options !== undefined) suggestedOptions(body.options, '/options', pass);
  else optionGroups(body.option_groups, '/option_groups', pass);
  return pass.problems;
}

/** `must be less than 76 characters [json-pointer:/blocks/0/text/text]` */
export function problemLine(problem: Problem): string {
  return `${problem.message} [json-pointer:${problem.pointer}]`;
}

const blocks: Rule = (value, at, pass) => walkBlocks(value, at, pass);
const common = {
  private_metadata: string(limits.privateMetadata, { min: 0 }),
  callback_id: string(limits.id, { min: 0 }),
  external_id: string(limits.id, { min: 0 }),
};
const anyFlag: Rule = (value, at, pass) => {
  if (typeof value !== 'boolean') refuse(pass, at, 'invalid_type', 'must be a boolean');
};
const modal = object(
  { title: plainText(limits.viewTitle), blocks },
  {
    ...common,
    submit: plainText(limits.viewTitle),
    close: plainText(limits.viewTitle),
    clear_on_close: anyFlag,
    notify_on_close: anyFlag,
    submit_disabled: anyFlag,
  },
);
const home = object({ blocks }, common);
const optionGroups = list(
  object({ label: plainText(limits.optionText), options: suggestedOptions }),
  limits.optionGroups,
);

function needsSubmit(view: unknown, prefix: string, pass: Pass): void {
  const { submit, blocks: shown } = asJson(view);
  if (submit === undefined && asList(shown).some((entry) => entry.type === 'input')) {
    refuse(
      pass,
      `${prefix}/submit`,
      'missing_field',
      'missing required field: submit, because there is an input block',
    );
  }
}

function walkBlocks(value: unknown, at: string, pass: Pass): void {
  const max = pass.surface === 'message' ? limits.messageBlocks : limits.viewBlocks;
  list(anyBlock, max, 0)(value, at, pass);
  atMost('table', limits.tables, value, at, pass);
  atMost('data_visualization', limits.charts, value, at, pass);
  if (pass.characters > limits.blockCharacters) {
    const message = `the text of all blocks must be less than ${limits.blockCharacters + 1} characters`;
    const constraint = { type: 'total_length', limit: limits.blockCharacters, got: String(pass.characters) };
    refuse(pass, at, 'failed_constraint', message, constraint);
  }
}

function atMost(type: string, max: number, value: unknown, at: string, pass: Pass): void {
  let seen = 0;
  (Array.isArray(value) ? value : []).forEach((entry, index) => {
    if (asJson(entry).type !== type || ++seen <= max) return;
    refuse(pass, `${at}/${index}`, 'failed_constraint', `no more than ${max} ${type} allowed`, {
      type: 'max_items',
      limit: max,
    });
  });
}
