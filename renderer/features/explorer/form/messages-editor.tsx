// The conversation as cards. Alt ↑ and Alt ↓ move the card that has the focus.
import { ArrowDown, ArrowUp, ChevronDown, Plus, X } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { isObject } from '../body-path.ts';
import { messages } from '../messages.ts';
import { contentText, partsOf, withText } from './message-content.ts';
import type { WidgetProps } from './param-row.tsx';

export interface MessagesEditorProps extends WidgetProps {
  roles: readonly string[];
  onEditBody: () => void;
}

export function MessagesEditor({ param, value, onChange, roles, onEditBody }: MessagesEditorProps) {
  const list = useRef<HTMLOListElement>(null);
  const cards: unknown[] = Array.isArray(value) ? value : [];
  const set = (at: number, next: unknown) => onChange(cards.with(at, next));
  const focusCard = (at: number) =>
    requestAnimationFrame(() => {
      const card = list.current?.children[Math.max(0, at)];
      const target =
        card?.querySelector<HTMLElement>('textarea') ?? card?.querySelector<HTMLElement>('button');
      target?.focus();
    });
  const move = (at: number, step: number) => {
    const to = at + step;
    if (to < 0 || to >= cards.length) return;
    onChange(cards.toSpliced(at, 1).toSpliced(to, 0, cards[at]));
    focusCard(to);
  };
  const add = () => {
    onChange([...cards, { role: nextRole(cards, roles), content: '' }]);
    focusCard(cards.length);
  };
  const remove = (at: number) => {
    onChange(cards.toSpliced(at, 1));
    if (cards.length > 1) focusCard(Math.min(at, cards.length - 2));
  };

  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex h-7 items-center gap-2">
        <span title={param.help} className="font-mono text-xs">
          {param.label}
        </span>
        <span className="text-xs text-subtle">
          {typeof value === 'string' ? '' : messages.messagesCount(cards.length)}
        </span>
        <Button
          size="sm"
          icon={Plus}
          onClick={typeof value === 'string' ? () => onChange(asList(value)) : add}
          className="ml-auto"
        >
          {typeof value === 'string' ? messages.toList : messages.addMessage}
        </Button>
      </div>
      {typeof value === 'string' ? (
        <TextArea aria-label={param.label} value={value} onChange={onChange} />
      ) : (
        <ol ref={list} className="flex flex-col gap-2">
          {cards.map((card, at) => (
            <Card
              // biome-ignore lint/suspicious/noArrayIndexKey: messages have no identity but their place
              key={at}
              at={at}
              of={cards.length}
              value={card}
              roles={roles}
              onChange={(next) => set(at, next)}
              onMove={(step) => move(at, step)}
              onRemove={() => remove(at)}
              onEditBody={onEditBody}
            />
          ))}
        </ol>
      )}
    </div>
  );
}

interface CardProps {
  at: number;
  of: number;
  value: unknown;
  roles: readonly string[];
  onChange: (value: unknown) => void;
  onMove: (step: number) => void;
  onRemove: () => void;
  onEditBody: () => void;
}

function Card({ at, of, value, roles, onChange, onMove, onRemove, onEditBody }: CardProps) {
  const message = isObject(value) ? value : {};
  const role = typeof message.role === 'string' ? message.role : '';
  const text = contentText(message.content);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onMove(step);
  };
  return (
    <li
      onKeyDown={onKeyDown}
      className="group rounded-lg border border-control bg-input focus-within:border-accent"
    >
      <div className="flex h-7 items-center gap-1 rounded-t-lg border-b border-line bg-raised pr-1 pl-0.5">
        <Menu
          trigger={
            <button
              type="button"
              aria-label={`${messages.message(at + 1)}, ${messages.role}: ${role || '–'}`}
              className="flex h-6 items-center gap-1 rounded-sm px-1.5 text-xs font-semibold hover:bg-hover"
            >
              {role || '–'}
              <ChevronDown size={12} aria-hidden="true" className="text-subtle" />
            </button>
          }
          groups={[
            {
              items: roles.map((one) => ({
                id: one,
                label: one,
                checked: one === role,
                onSelect: () => onChange({ ...message, role: one }),
              })),
            },
          ]}
        />
        <span className="ml-auto flex opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
          <IconButton
            icon={ArrowUp}
            size="sm"
            label={messages.moveUp}
            kbd="Alt+ArrowUp"
            disabled={at === 0}
            onClick={() => onMove(-1)}
          />
          <IconButton
            icon={ArrowDown}
            size="sm"
            label={messages.moveDown}
            kbd="Alt+ArrowDown"
            disabled={at === of - 1}
            onClick={() => onMove(1)}
          />
          <IconButton icon={X} size="sm" label={messages.removeMessage} onClick={onRemove} />
        </span>
        {text !== null && (
          <span className="px-1 font-mono text-2xs text-subtle">
            {messages.tokens(Math.ceil(text.length / 4))}
          </span>
        )}
      </div>
      {text !== null ? (
        <TextArea
          bare
          aria-label={`${messages.message(at + 1)}, ${role}`}
          value={text}
          onChange={(next) => onChange({ ...message, content: withText(message.content, next) })}
          maxRows={18}
        />
      ) : (
        <button
          type="button"
          onClick={onEditBody}
          className="block w-full px-2 py-1.5 text-left text-xs text-muted hover:text-fg"
        >
          {messages.parts(partsOf(message.content).length, partsOf(message.content).join(', '))}
        </button>
      )}
    </li>
  );
}

// A conversation takes turns: after a user's message comes the assistant's.
function nextRole(cards: readonly unknown[], roles: readonly string[]): string {
  const last = cards.at(-1);
  const wanted = isObject(last) && last.role === 'user' ? 'assistant' : 'user';
  return roles.includes(wanted) ? wanted : (roles[0] ?? 'user');
}

const asList = (prompt: string) => [{ role: 'user', content: prompt }];
