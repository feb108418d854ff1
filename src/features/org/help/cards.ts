import { code, command, dotted, type Inline, listed, seq, strong } from '../../../kernel/text.ts';
import { press } from '../../../runtime/action.ts';
import type { Block, Button, Card, Row } from '../../../view/card.ts';
import type { show } from './actions/show.ts';
import { t } from './messages.ts';
import type { FieldHelp, Help, VerbHelp } from './model.ts';

export function helpCard(help: Help): Card {
  switch (help.kind) {
    case 'overview':
      return overviewCard(help);
    case 'setup':
      return setupCard(help.verbs);
    case 'verb':
      return verbCard(help);
    case 'unknown':
      return unknownCard(help);
    default:
      return help satisfies never;
  }
}

function verbRow({ summary, example }: VerbHelp): Row {
  return { text: command(example), detail: summary };
}

/** A button only for what changes nothing and needs nothing. Below the list, so that the list stays one. */
function runButtons(verbs: readonly VerbHelp[]): Block[] {
  const buttons = verbs
    .filter(({ canRun }) => canRun)
    .slice(0, 5)
    .map(({ action, title }): Button => ({ label: title, press: { a: action, i: {} } }));
  return buttons.length > 0 ? [{ t: 'buttons', buttons }] : [];
}

function runButton(action: string): Button {
  return { label: t('run-it'), press: { a: action, i: {} } };
}

function overviewCard({
  groups,
  others,
  aboutOne,
  isAdmin,
  platform,
}: Extract<Help, { kind: 'overview' }>): Card {
  const blocks: Block[] = groups.flatMap(({ group, verbs }): Block[] => [
    { t: 'heading', of: t(`group-${group}`) },
    { t: 'rows', rows: verbs.map(verbRow) },
  ]);
  blocks.push(...runButtons(groups.flatMap(({ verbs }) => verbs)));
  if (others.length > 0) {
    blocks.push({ t: 'context', of: t('others', { verbs: listed(others.map((verb) => code(verb))) }) });
  }
  blocks.push({
    t: 'context',
    of: dotted(t('one-verb', { line: command(aboutOne) }), t('dry-run', { line: command('… ?') })),
  });
  if (platform === 'slack') blocks.push({ t: 'context', of: t('in-threads') });
  if (isAdmin) {
    const setup = press<typeof show>('help.show', { topic: 'setup' });
    blocks.push({ t: 'buttons', buttons: [{ label: t('group-setup'), press: setup }] });
  }
  return { tone: 'plain', title: t('what-i-do'), blocks };
}

function setupCard(verbs: readonly VerbHelp[]): Card {
  const title = t('group-setup');
  if (verbs.length === 0) return { tone: 'info', title, blocks: [{ t: 'text', of: t('setup-not-yours') }] };
  return {
    tone: 'plain',
    title,
    blocks: [
      { t: 'text', of: t('setup-intro') },
      { t: 'rows', rows: verbs.slice(0, 20).map(verbRow) },
      ...runButtons(verbs),
    ],
  };
}

function verbCard(help: Extract<Help, { kind: 'verb' }>): Card {
  const blocks: Block[] = [{ t: 'text', of: help.summary }];
  if (help.examples.length > 0) {
    blocks.push({ t: 'rows', rows: help.examples.map((line) => ({ text: command(line) })) });
  }
  if (help.fields.length > 0) {
    const fields = help.fields.map((field) => ({ label: field.label, value: fieldText(field) }));
    blocks.push({ t: 'fields', fields });
  }
  blocks.push({
    t: 'context',
    of: dotted(
      help.note === null ? undefined : t('note-is', { note: help.note }),
      help.aliases.length > 0
        ? t('also', { words: listed(help.aliases.map((word) => code(word))) })
        : undefined,
      t('free-order'),
    ),
  });
  const buttons: Button[] = [];
  if (help.hasForm) {
    buttons.push({ label: t('open-form'), press: { a: help.action, i: {}, form: true } });
  }
  if (help.canRun) buttons.push(runButton(help.action));
  if (buttons.length > 0) blocks.push({ t: 'buttons', buttons });
  return { tone: 'plain', title: seq(strong(help.verb), ' – ', help.title), blocks };
}

function fieldText({ isRequired, hint, keys, placeholder, options }: FieldHelp): Inline {
  return dotted(
    t(isRequired ? 'required' : 'optional'),
    hint,
    options.length > 0 ? t('one-of', { options: listed(options) }) : undefined,
    keys.length > 0 ? listed(keys.map((key) => code(`${key}:`))) : undefined,
    placeholder === '' ? undefined : t('such-as', { value: code(placeholder) }),
  );
}

function unknownCard({ topic, nearest }: Extract<Help, { kind: 'unknown' }>): Card {
  const all = t('all-verbs', { line: command('help') });
  const title = t('unknown-topic', { topic: code(topic) });
  if (nearest.length === 0) return { tone: 'warn', title, blocks: [{ t: 'text', of: all }] };
  return {
    tone: 'warn',
    title,
    blocks: [
      {
        t: 'rows',
        rows: nearest.map(({ verb, summary }) => ({ text: command(`help ${verb}`), detail: summary })),
      },
      {
        t: 'buttons',
        buttons: nearest.map(({ verb }) => ({
          label: verb,
          press: press<typeof show>('help.show', { topic: verb }),
        })),
      },
      { t: 'context', of: all },
    ],
  };
}
