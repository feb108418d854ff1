import { nameOfUser, useSurroundings } from '../surroundings.ts';

export function UserMention({ id }: { id: string }) {
  const around = useSurroundings();
  return <span className="mention">@{nameOfUser(around, id)}</span>;
}

export function ChannelMention({ id, label }: { id: string; label?: string }) {
  const { channels } = useSurroundings();
  return (
    <span className="mention">#{channels.find((channel) => channel.id === id)?.name ?? label ?? id}</span>
  );
}

export function Broadcast({ range }: { range: string }) {
  return <span className="mention mention-loud">@{range}</span>;
}

/** Links open elsewhere and never carry where they came from. */
export function SafeLink({ url, text }: { url: string; text: string }) {
  if (!/^(https?|mailto|tel):/i.test(url)) return <>{text}</>;
  return (
    <a href={url} target="_blank" rel="noreferrer noopener">
      {text}
    </a>
  );
}
