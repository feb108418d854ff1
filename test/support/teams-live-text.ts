type Json = Record<string, unknown>;

/** Everything in a card that a client would read as more than letters, but for links and mentions made on purpose. */
export function liveText(card: unknown): string[] {
  const { entities = [] } = ((card as Json).msteams ?? {}) as { entities?: { text: string }[] };
  const tags = entities.map(({ text }) => text);
  const live: string[] = [];
  const markdown = (text: unknown) => {
    const rest = tags.reduce((left, tag) => left.replaceAll(tag, ''), String(text));
    if (/[*_~`[\]<>\\#|&]|^\s*([-+=]|\d+[.)])/m.test(rest)) live.push(rest);
  };
  const visit = (part: unknown, key: string) => {
    if (typeof part === 'string') {
      const isRead = !['value', 'press', 'url', 'verb', 'id', 'dataset'].includes(key);
      if (isRead && /\{\{|\]\(/.test(part)) live.push(part);
      if (isRead && /<\/?at\b/i.test(tags.reduce((left, tag) => left.replaceAll(tag, ''), part)))
        live.push(part);
      return;
    }
    if (typeof part !== 'object' || part === null) return;
    const json = part as Json;
    if (json.type === 'TextBlock') markdown(json.text);
    if (json.type === 'Input.Toggle') markdown(json.title);
    if (json.type === 'FactSet') live.push('FactSet');
    if (
      json.type === 'Input.ChoiceSet' &&
      json.style !== 'filtered' &&
      (json.style === 'expanded' || json.isMultiSelect)
    ) {
      for (const { title } of json.choices as { title: string }[]) markdown(title);
    }
    if (json.type === 'Action.OpenUrl' && !/^(https?:\/\/|mailto:)/i.test(String(json.url))) {
      live.push(String(json.url));
    }
    for (const [name, value] of Object.entries(json)) if (name !== 'data') visit(value, name);
  };
  visit(card, '');
  return live;
}
