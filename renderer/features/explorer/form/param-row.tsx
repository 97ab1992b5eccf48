// One parameter of an API as a row of the form: the widget follows from the kind in the parameter table.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Param } from '../../../../preload/contract/providers.ts';
import type { Draft } from '../../../../preload/contract/requests.ts';
import { useProvider } from '../../../host/providers.ts';
import { queryClient } from '../../../host/queries.ts';
import { Combobox } from '../../../ui/combobox.tsx';
import { Field } from '../../../ui/field.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { Select } from '../../../ui/select.tsx';
import { Slider } from '../../../ui/slider.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { messages } from '../messages.ts';
import { modelsQuery } from '../use-request.ts';
import { JsonParam } from './json-param.tsx';
import { ListParam } from './list-param.tsx';

export interface WidgetProps {
  param: Param;
  value: unknown;
  /** `undefined` takes the parameter out of the body. */
  onChange: (value: unknown) => void;
}

export function ParamRow({ draft, ...props }: WidgetProps & { draft: Draft }) {
  const { param } = props;
  const named = param.kind === 'switch' || param.kind === 'slider' || param.kind === 'select';
  return (
    <Field
      layout="row"
      mono
      label={<span title={param.help}>{breakable(param.label)}</span>}
      hint={param.required ? messages.required : undefined}
      nativeLabel={!named}
    >
      <Widget {...props} draft={draft} />
    </Field>
  );
}

/** A path such as `output_config.effort` may break behind its dots. */
const breakable = (label: string) =>
  label.split('.').flatMap((part, i) => (i === 0 ? [part] : ['.', <wbr key={part} />, part]));

function Widget({ param, value, onChange, draft }: WidgetProps & { draft: Draft }) {
  const text = typeof value === 'string' ? value : '';
  const number = typeof value === 'number' ? value : null;
  const orNone = (next: string) => onChange(next === '' && !param.required ? undefined : next);
  switch (param.kind) {
    case 'model':
      return <ModelField value={text} onChange={onChange} draft={draft} />;
    case 'number':
      return (
        <NumberField
          value={number}
          onChange={(next) => onChange(next ?? undefined)}
          min={param.min}
          max={param.max}
          step={param.step}
          placeholder={messages.notSet}
        />
      );
    case 'slider':
      return (
        <Slider
          label={param.label}
          value={number}
          onChange={(next) => onChange(next ?? undefined)}
          min={param.min ?? 0}
          max={param.max ?? 1}
          step={param.step ?? 0.1}
          placeholder="–"
        />
      );
    case 'switch':
      return (
        <Switch checked={value === true} onChange={onChange} aria-label={param.label}>
          {param.path === 'stream' ? messages.sse : value === undefined ? messages.notSet : String(value)}
        </Switch>
      );
    case 'select':
      return (
        <Select
          mono
          aria-label={param.label}
          value={text || NOT_SET}
          onChange={(next) => onChange(next === NOT_SET ? undefined : next)}
          items={[
            { value: NOT_SET, label: messages.notSet },
            ...(param.options ?? []).map((option) => ({ value: option, label: option })),
          ]}
          className="w-full max-w-44"
        />
      );
    case 'multiline':
      return <TextArea value={text} onChange={orNone} placeholder={messages.notSet} />;
    case 'list':
      return <ListParam param={param} value={value} onChange={onChange} />;
    case 'json':
    case 'messages':
      return <JsonParam param={param} value={value} onChange={onChange} />;
    case 'text':
      return <TextField mono value={text} onChange={orNone} placeholder={messages.notSet} />;
  }
}
const NOT_SET = '\u0000';

interface ModelFieldProps {
  value: string;
  onChange: (value: string) => void;
  draft: Draft;
}

// The provider is asked for its models when the field is used, not when a tab is opened, nor at each letter of another
// base URL: that is a request with the key, and nobody asked for it yet. The Demo's list costs nothing.
function ModelField({ value, onChange, draft }: ModelFieldProps) {
  const provider = useProvider(draft.provider);
  const query = modelsQuery(draft.provider, draft.baseUrl, draft.keyId);
  const target = JSON.stringify(query.queryKey);
  const [wanted, setWanted] = useState('');
  const { data, isFetching } = useQuery(
    { ...query, enabled: wanted === target || provider?.demo === true },
    queryClient,
  );
  return (
    <Combobox
      mono
      value={value}
      onChange={onChange}
      suggestions={(data?.models ?? []).map((model) => ({ value: model.id, label: model.label }))}
      note={isFetching ? messages.loadingModels : data?.note}
      onFocus={() => setWanted(target)}
      className="w-full max-w-80"
    />
  );
}
