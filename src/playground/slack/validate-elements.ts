import { asList, isJson, type Json } from '../json.ts';
import {
  also,
  anyText,
  byType,
  confirm,
  flag,
  list,
  number,
  object,
  oneOf,
  type Pass,
  plainText,
  type Rule,
  refuse,
  string,
} from './check.ts';
import { limits } from './limits.ts';
import { richTextBlock } from './validate-rich-text.ts';

const url = string(limits.url, { pattern: /^[a-z][a-z0-9+.-]*:/i });
const placeholder = plainText(limits.placeholder);
const id = string(limits.id);
const day = string(10, { pattern: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/ });
const time = string(5, { pattern: /^([01]\d|2[0-3]):[0-5]\d$/ });

function option(text: Rule, extra: Record<string, Rule> = {}): Rule {
  return object(
    { text, value: string(limits.optionValue) },
    { description: plainText(limits.optionText), ...extra },
  );
}
const selectOption = option(plainText(limits.optionText));
const choice = option(anyText(limits.optionText), { description: anyText(limits.optionText) });
const overflowOption = option(plainText(limits.optionText), { url });
const selectOptions = list(selectOption, limits.options);

const dispatch = object(
  {},
  { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 2) },
);
const filter = object(
  {},
  {
    include: list(oneOf('im', 'mpim', 'private', 'public'), 4),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
);

/** Every interactive element: its own fields, plus an `action_id` that is unique within the block. */
function interactive(required: Record<string, Rule>, optional: Record<string, Rule> = {}): Rule {
  return also(
    object(required, { action_id: id, confirm, focus_on_load: flag, ...optional }),
    (value, at, pass) => {
      if (value.focus_on_load === true && ++pass.focused > 1) {
        refuse(pass, `${at}/focus_on_load`, 'failed_constraint', 'only one element can have focus_on_load');
      }
      if (typeof value.action_id !== 'string') return;
      if (pass.actionIds.has(value.action_id)) {
        refuse(
          pass,
          `${at}/action_id`,
          'failed_constraint',
          `\`action_id\` "${value.action_id}" already exists`,
        );
      }
      pass.actionIds.add(value.action_id);
    },
  );
}

/** `initial_*` must be one of the options, letter by letter, or Slack refuses the whole payload. */
function withInitial(rule: Rule): Rule {
  return also(rule, (value, at, pass) => {
    const offered = [
      ...asList(value.options),
      ...asList(value.option_groups).flatMap((group) => asList(group.options)),
    ].map((entry) => JSON.stringify(entry));
    const chosen: [string, unknown][] = [
      ...(isJson(value.initial_option)
        ? [['initial_option', value.initial_option] as [string, unknown]]
        : []),
      ...asList(value.initial_options).map((entry, index): [string, unknown] => [
        `initial_options/${index}`,
        entry,
      ]),
    ];
    for (const [name, entry] of chosen) {
      if (!offered.includes(JSON.stringify(entry))) {
        refuse(pass, `${at}/${name}`, 'failed_constraint', 'must be one of the provided options');
      }
    }
  });
}

function eitherOptions(value: Json, at: string, pass: Pass): void {
  if ((value.options === undefined) === (value.option_groups === undefined)) {
    refuse(pass, at, 'failed_constraint', 'must define either `options` or `option_groups`');
  }
}

const staticFields = {
  options: selectOptions,
  option_groups: list(
    object({ label: plainText(limits.optionText), options: selectOptions }),
    limits.optionGroups,
  ),
  placeholder,
};
const staticSelect = also(
  withInitial(interactive({}, { ...staticFields, initial_option: selectOption })),
  eitherOptions,
);
const multi = { placeholder, max_selected_items: number(1) };
const ids = list(id, limits.options);

export const button: Rule = interactive(
  { text: plainText(limits.buttonText) },
  {
    value: string(limits.buttonValue),
    url,
    style: oneOf('primary', 'danger'),
    accessibility_label: string(limits.accessibilityLabel),
  },
);

const image: Rule = also(
  object({ alt_text: string(limits.altText) }, { image_url: url, slack_file: object({}, { id, url }) }),
  (value, at, pass) => {
    if ((value.image_url === undefined) === (value.slack_file === undefined)) {
      refuse(pass, at, 'failed_constraint', 'must define either `image_url` or `slack_file`');
    }
  },
);

const selects: Record<string, Rule> = {
  static_select: staticSelect,
  external_select: interactive(
    {},
    { placeholder, initial_option: selectOption, min_query_length: number(0) },
  ),
  users_select: interactive({}, { placeholder, initial_user: id }),
  conversations_select: interactive(
    {},
    {
      placeholder,
      initial_conversation: id,
      default_to_current_conversation: flag,
      response_url_enabled: flag,
      filter,
    },
  ),
  channels_select: interactive({}, { placeholder, initial_channel: id, response_url_enabled: flag }),
  multi_static_select: also(
    withInitial(
      interactive({}, { ...staticFields, ...multi, initial_options: list(selectOption, limits.options) }),
    ),
    eitherOptions,
  ),
  multi_external_select: interactive(
    {},
    { ...multi, initial_options: list(selectOption, limits.options), min_query_length: number(0) },
  ),
  multi_users_select: interactive({}, { ...multi, initial_users: ids }),
  multi_conversations_select: interactive(
    {},
    { ...multi, initial_conversations: ids, default_to_current_conversation: flag, filter },
  ),
  multi_channels_select: interactive({}, { ...multi, initial_channels: ids }),
};

const choices: Record<string, Rule> = {
  checkboxes: withInitial(
    interactive({ options: list(choice, limits.choices) }, { initial_options: list(choice, limits.choices) }),
  ),
  radio_buttons: withInitial(
    interactive({ options: list(choice, limits.choices) }, { initial_option: choice }),
  ),
};

const pickers: Record<string, Rule> = {
  datepicker: interactive({}, { placeholder, initial_date: day }),
  timepicker: interactive({}, { placeholder, initial_time: time, timezone: id }),
};
const datetimepicker = interactive({}, { initial_date_time: number(1_000_000_000, 9_999_999_999) });

const typed = { placeholder, dispatch_action_config: dispatch };
const inputText = string(limits.inputText, { min: 0 });

const texts: Record<string, Rule> = {
  plain_text_input: interactive(
    {},
    {
      ...typed,
      initial_value: inputText,
      multiline: flag,
      min_length: number(0, 3_000),
      max_length: number(1, 3_000),
    },
  ),
  email_text_input: interactive({}, { ...typed, initial_value: inputText }),
  url_text_input: interactive({}, { ...typed, initial_value: inputText }),
  number_input: interactive(
    { is_decimal_allowed: flag },
    { ...typed, initial_value: inputText, min_value: inputText, max_value: inputText },
  ),
  rich_text_input: interactive(
    {},
    { ...typed, initial_value: richTextBlock, min_lines: number(1), max_lines: number(1) },
  ),
};

const overflow = interactive({ options: list(overflowOption, limits.overflowOptions) });

export const accessory: Rule = byType({ button, image, overflow, ...selects, ...choices, ...pickers });
export const actionElement: Rule = byType({
  button,
  overflow,
  datetimepicker,
  ...selects,
  ...choices,
  ...pickers,
});
export const inputElement: Rule = byType({ datetimepicker, ...texts, ...selects, ...choices, ...pickers });
export const contextElement: Rule = (value, at, pass) => {
  const isImage = isJson(value) && value.type === 'image';
  (isImage ? image : anyText(limits.text))(value, at, pass);
};
export const imageFields = image;
/** Answers to a type-ahead request. */
export const suggestedOptions: Rule = list(selectOption, limits.options, 0);
