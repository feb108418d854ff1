import type { TeamsChoice } from '../../../teams/outcome.ts';

export interface ComboboxWords {
  searching: string;
  nothingFound: string;
  typeToSearch: string;
  chooseOne: string;
}

export interface ComboboxOptions {
  input: HTMLInputElement;
  /** Where the list goes. */
  around: HTMLElement;
  chosen: TeamsChoice | undefined;
  /** Offered before anything is typed. */
  fixed: readonly TeamsChoice[];
  words: ComboboxWords;
  search(text: string): Promise<{ choices: TeamsChoice[]; error?: string }>;
  onChange(): void;
}

export interface Combobox {
  /** Empty, or the value of a choice. */
  value(): string;
  /** Whether what is written there was chosen, not just typed. */
  isSettled(): boolean;
}

const pauseMs = 180;
let made = 0;

/** A field that asks for its choices while one types, after the combobox pattern of the ARIA practices. */
export function makeCombobox({
  input,
  around,
  fixed,
  words,
  search,
  onChange,
  ...rest
}: ComboboxOptions): Combobox {
  let chosen = rest.chosen;
  let shown: readonly TeamsChoice[] = [];
  let active = -1;
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const list = document.createElement('div');
  list.className = 'popover type-ahead-list';
  list.id = `type-ahead-${++made}`;
  list.setAttribute('role', 'listbox');
  list.hidden = true;
  around.append(list);
  input.value = chosen?.title ?? '';
  for (const [name, value] of Object.entries({
    role: 'combobox',
    autocomplete: 'off',
    'aria-autocomplete': 'list',
    'aria-controls': list.id,
    'aria-expanded': 'false',
  })) {
    input.setAttribute(name, value);
  }

  const open = (isOpen: boolean) => {
    list.hidden = !isOpen;
    input.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) list.scrollIntoView({ block: 'nearest' });
    else activate(-1);
  };
  const activate = (index: number) => {
    active = index;
    for (const [at, option] of [...list.querySelectorAll('[role=option]')].entries()) {
      option.setAttribute('aria-selected', String(at === index));
      if (at === index) option.scrollIntoView({ block: 'nearest' });
    }
    if (index < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `${list.id}-${index}`);
  };
  const note = (text: string) => {
    const line = document.createElement('p');
    line.className = 'select-note';
    line.setAttribute('role', 'status');
    line.textContent = text;
    list.replaceChildren(line);
    shown = [];
    open(true);
  };
  const show = (choices: readonly TeamsChoice[]) => {
    shown = choices;
    list.replaceChildren(
      ...choices.map((choice, index) => {
        const option = document.createElement('div');
        option.id = `${list.id}-${index}`;
        option.className = 'select-option';
        option.setAttribute('role', 'option');
        option.textContent = choice.title;
        option.addEventListener('mousedown', (event) => {
          event.preventDefault();
          pick(index);
        });
        return option;
      }),
    );
    open(true);
    activate(choices.length === 1 ? 0 : -1);
  };
  const pick = (index: number) => {
    const choice = shown[index];
    if (!choice) return;
    chosen = choice;
    input.value = choice.title;
    // An answer on its way must not open the list again.
    clearTimeout(timer);
    asked += 1;
    open(false);
    onChange();
  };
  const fixedFor = (text: string) =>
    fixed.filter(({ title }) => title.toLowerCase().includes(text.toLowerCase()));
  const ask = async (text: string) => {
    const number = ++asked;
    const { choices, error } = await search(text);
    // Answers may overtake each other.
    if (number !== asked || document.activeElement !== input) return;
    const known = fixedFor(text);
    const others = choices.filter(({ value }) => known.every((one) => one.value !== value));
    if (known.length + others.length > 0) show([...known, ...others]);
    else note(error ?? words.nothingFound);
  };
  const look = (pause: number) => {
    clearTimeout(timer);
    const text = input.value.trim();
    const known = fixedFor(text);
    if (known.length > 0) show(known);
    else note(words.searching);
    timer = setTimeout(() => void ask(text), pause);
  };

  input.addEventListener('input', () => {
    chosen = undefined;
    onChange();
    look(pauseMs);
  });
  input.addEventListener('click', () => {
    if (list.hidden) look(0);
  });
  input.addEventListener('blur', () => {
    clearTimeout(timer);
    asked += 1;
    open(false);
    // Somebody who wrote a choice out in full has chosen it.
    const written = [...shown, ...fixed].find(({ title }) => title === input.value.trim());
    if (!chosen && written) chosen = written;
    onChange();
  });
  input.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (list.hidden) look(0);
      else if (shown.length > 0)
        activate((active + step + shown.length + (active < 0 && step < 0 ? 1 : 0)) % shown.length);
    } else if (event.key === 'Enter' && active >= 0 && !list.hidden) {
      event.preventDefault();
      pick(active);
    } else if (event.key === 'Escape' && !list.hidden) {
      event.stopPropagation();
      clearTimeout(timer);
      asked += 1;
      open(false);
    }
  });

  return {
    value: () => (input.value.trim() === '' ? '' : (chosen?.value ?? '')),
    isSettled: () => input.value.trim() === '' || chosen !== undefined,
  };
}
