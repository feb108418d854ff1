import { ImpossibleGesture } from '../impossible-gesture.ts';
import { asJson, asList, asText, compact, type Json } from '../json.ts';
import {
  type Desk,
  homeOf,
  offeredTo,
  type Person,
  personOf,
  responseUrl,
  topModal,
  visibleMessages,
} from './desk.ts';
import { payloadBase, wireChannelName } from './envelope.ts';
import { wireMessage } from './messages.ts';
import { failureOf, type Outcome, trouble, watch } from './outcome.ts';
import { checkOptions, problemLine } from './validate.ts';
import { elementsOf, enter, type Found, inputsOf, stateOf, valuesOf } from './values.ts';
import { findView, wireView } from './views.ts';
import { placeOf, type StandInMessage, type StandInView, type Unfurl } from './world.ts';

/** Which element: by action id, or by the label a person would look for. */
export interface ElementChoice {
  user: string;
  team?: string;
  actionId?: string;
  blockId?: string;
  /** The text on a button, or of an entry in a ⋯ menu. */
  label?: string;
  /** The message; without it, the newest thing on the screen that has such an element. */
  ts?: string;
  channel?: string;
  viewId?: string;
  in?: 'message' | 'modal' | 'home';
}

export interface PressInput extends ElementChoice {
  /** What is chosen, for anything but a button: option value or label, day, id; a list for several. */
  value?: unknown;
  /** What has been entered beside it, by block id, action id or label. */
  values?: Json;
}

type Source = { message: StandInMessage; unfurl?: Unfurl } | { view: StandInView };
type Target = Found & { source: Source };

/** Presses a button, or chooses in a menu, picker or list. */
export async function pressElement(desk: Desk, input: PressInput): Promise<Outcome> {
  const person = personOf(desk, input.user, input.team);
  const { workspace, user } = person;
  const target = findTarget(desk, person, input);
  const { block, element, source } = target;
  if (block.type === 'input' && block.dispatch_action !== true) {
    throw new ImpossibleGesture(
      `${String(element.action_id)} only takes input; its form is submitted as a whole.`,
    );
  }
  const choice = element.type === 'overflow' ? (input.value ?? input.label) : input.value;
  const isButton = element.type === 'button';
  const state = isButton ? {} : stateOf(element, choice, offeredTo(desk, user.id, element));
  remember(
    desk,
    person,
    target,
    { ...input.values },
    isButton || element.type === 'overflow' ? undefined : state,
  );

  const seen = watch(desk.world, workspace.id, user.id);
  const answer = await desk.courier.sendForm({
    payload: JSON.stringify({
      type: 'block_actions',
      ...payloadBase(workspace, user),
      ...sourceFields(desk, person, source, true),
      trigger_id: desk.tickets.trigger(workspace.id, user.id, 'view' in source ? source.view.id : undefined),
      actions: [
        compact({
          type: element.type,
          action_id: element.action_id,
          block_id: block.block_id,
          action_ts: desk.world.nextTs(),
          ...(isButton ? { text: element.text, value: element.value, style: element.style } : state),
        }),
      ],
    }),
  });
  const { status, body, ms } = answer;
  const failed = failureOf(answer);
  return { status, body, ms, ok: !failed, shown: seen.stop(), ...(failed ? { error: trouble } : {}) };
}

export interface OptionsInput extends ElementChoice {
  /** What has been typed so far. */
  query: string;
}

export interface OptionsOutcome extends Outcome {
  options: Json[];
  groups: { label: string; options: Json[] }[];
}

/** Types into a list that asks the service for its options. */
export async function askOptions(desk: Desk, input: OptionsInput): Promise<OptionsOutcome> {
  const person = personOf(desk, input.user, input.team);
  const { block, element, source } = findTarget(desk, person, input);
  if (element.type !== 'external_select' && element.type !== 'multi_external_select') {
    throw new ImpossibleGesture(`${String(element.action_id)} has fixed options.`);
  }
  const least = typeof element.min_query_length === 'number' ? element.min_query_length : 3;
  if (input.query.length < least) {
    return { status: 0, body: '', ms: 0, ok: true, shown: [], options: [], groups: [] };
  }
  const answer = await desk.courier.sendForm({
    payload: JSON.stringify({
      type: 'block_suggestion',
      ...payloadBase(person.workspace, person.user),
      ...sourceFields(desk, person, source, false),
      action_id: element.action_id,
      block_id: block.block_id,
      value: input.query,
    }),
  });
  const { status, body, ms } = answer;
  const failed = failureOf(answer);
  const problems = failed ? [] : checkOptions(body);
  const error = failed ? trouble : problems.length > 0 ? problems.map(problemLine).join('; ') : undefined;
  const answered = error ? {} : asJson(body);
  const groups = asList(answered.option_groups).map((group) => ({
    label: asText(asJson(group.label).text),
    options: asList(group.options),
  }));
  const options = [...asList(answered.options), ...groups.flatMap((group) => group.options)];
  const key = `${person.user.id} ${String(element.action_id)}`;
  desk.offered.set(key, [...asList(desk.offered.get(key)), ...options].slice(-500));
  return { status, body, ms, ok: !error, shown: [], options, groups, ...(error ? { error } : {}) };
}

/** @throws ImpossibleGesture if nothing like it is on the person's screen */
function findTarget(desk: Desk, person: Person, choice: ElementChoice): Target {
  for (const source of sourcesFor(desk, person, choice)) {
    const blocks = blocksOf(source);
    const found = elementsOf(blocks).find((entry) => matches(entry, choice));
    if (found) return { ...found, source };
  }
  const name = choice.actionId ?? choice.label ?? choice.blockId ?? 'element';
  throw new ImpossibleGesture(`${person.user.realName} sees no "${name}" on the screen.`);
}

function blocksOf(source: Source): Json[] {
  if ('view' in source) return source.view.blocks;
  return (source.unfurl ? source.unfurl.blocks : source.message.blocks) ?? [];
}

function matches({ block, element }: Found, { actionId, blockId, label }: ElementChoice): boolean {
  if (actionId !== undefined && element.action_id !== actionId) return false;
  if (blockId !== undefined && block.block_id !== blockId) return false;
  if (label === undefined) return true;
  if (element.type === 'overflow')
    return asList(element.options).some((option) => asJson(option.text).text === label);
  return asJson(element.text).text === label;
}

function sourcesFor(desk: Desk, person: Person, { ts, channel, viewId, in: where }: ElementChoice): Source[] {
  const modal = topModal(desk, person);
  const home = homeOf(desk, person);
  if (viewId) {
    const view = findView(desk.world, viewId);
    const isOnTop = view !== undefined && (view.id === modal?.id || view.id === home?.id);
    return isOnTop ? [{ view }] : [];
  }
  const place = channel ? placeOf(desk.world, person.workspace.id, channel) : undefined;
  const messages = visibleMessages(desk, person)
    .filter((message) => (ts === undefined || message.ts === ts) && (!place || message.channel === place.id))
    .flatMap((message): Source[] => [
      { message },
      ...(message.unfurls ?? []).map((unfurl) => ({ message, unfurl })),
    ]);
  if (ts) return messages;
  return [
    ...(modal && (where ?? 'modal') === 'modal' ? [{ view: modal }] : []),
    ...((where ?? 'message') === 'message' ? messages : []),
    ...(home && (where ?? 'home') === 'home' ? [{ view: home }] : []),
  ];
}

function remember(desk: Desk, { user }: Person, target: Target, given: Json, own: Json | undefined): void {
  const { source, block, element } = target;
  const blocks = blocksOf(source);
  const key = 'message' in source ? `${user.id} ${source.message.ts}` : '';
  const before = 'view' in source ? source.view.values : asJson(desk.entered.get(key));
  const offered = inputsOf(blocks).flatMap((entry) => offeredTo(desk, user.id, entry.element));
  const values = enter(blocks, before, given, offered);
  if (own) {
    const blockId = asText(block.block_id);
    values[blockId] = { ...asJson(values[blockId]), [asText(element.action_id)]: own };
  }
  if ('view' in source) source.view.values = values;
  else desk.entered.set(key, values);
}

/** Where it happened: container, message or view, state and (for actions in messages) a response URL. */
function sourceFields(desk: Desk, { workspace, user }: Person, source: Source, isAction: boolean): Json {
  if ('view' in source) {
    const view = wireView(desk.world, source.view);
    return { container: { type: 'view', view_id: source.view.id }, view };
  }
  const { message, unfurl } = source;
  const place = placeOf(desk.world, workspace.id, message.channel);
  const isEphemeral = message.onlyFor !== undefined;
  const base = {
    container: {
      type: unfurl ? 'message_attachment' : 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: isEphemeral,
      ...(unfurl ? { attachment_id: 1, is_app_unfurl: true, app_unfurl_url: unfurl.url } : {}),
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    channel: { id: message.channel, name: place ? wireChannelName(place) : '' },
    ...(unfurl ? { app_unfurl: { id: 1, blocks: unfurl.blocks } } : {}),
    ...(isEphemeral || unfurl ? {} : { message: wireMessage(desk.world, message) }),
  };
  if (!isAction) return base;
  const right = {
    team: workspace.id,
    user: user.id,
    channel: message.channel,
    ...(unfurl ? {} : { originalTs: message.ts }),
    ...(message.threadTs ? { threadTs: message.threadTs } : {}),
  };
  const values = valuesOf(blocksOf(source), asJson(desk.entered.get(`${user.id} ${message.ts}`)));
  return { ...base, state: { values }, response_url: responseUrl(desk, right) };
}
