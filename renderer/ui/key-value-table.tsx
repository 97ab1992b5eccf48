import { cx } from './cx.ts';

export interface KeyValueTableProps {
  /** In the order of the wire; names may repeat. */
  pairs: readonly (readonly [name: string, value: string])[];
  /** Name of the table: `Response headers`. */
  label: string;
  className?: string | undefined;
}

/** Names and values in mono, e.g. headers. Values wrap; nothing is cut. */
export function KeyValueTable({ pairs, label, className }: KeyValueTableProps) {
  return (
    <table
      aria-label={label}
      className={cx('w-full table-fixed border-collapse font-mono text-xs', className)}
    >
      <colgroup>
        <col className="w-[38%]" />
        <col />
      </colgroup>
      <tbody>
        {pairs.map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat and the order is the identity
          <tr key={index} className="border-b border-line align-top hover:bg-hover">
            <th scope="row" className="px-3 py-1 text-left font-normal break-words text-muted">
              {name}
            </th>
            <td className="px-3 py-1 break-words text-fg select-text">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
