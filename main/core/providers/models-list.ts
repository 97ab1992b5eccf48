// Reads the models endpoint of every family: `{ data: [{ id, display_name?, created? }] }` and looser forms.
import { AppError } from '../../../preload/contract/errors.ts';
import type { Model } from '../../../preload/contract/providers.ts';
import { asArray, asCount, asObject, asText, parseJson } from '../json-shape.ts';

/** Newest first where the server says when each was made, else in its order. Throws `AppError` `PROVIDER_SAID_NO`. */
export async function readModels(response: Response): Promise<Model[]> {
  const json = parseJson(await response.text());
  const root = asObject(json);
  const list = Array.isArray(json) ? json : (root?.data ?? root?.models);
  if (!Array.isArray(list)) {
    throw new AppError(
      'PROVIDER_SAID_NO',
      'The models endpoint answered with something other than a list of models; check the base URL.',
    );
  }
  return asArray(list)
    .map((entry) => asObject(entry) ?? {})
    .map((entry) => {
      const id = asText(entry.id) ?? asText(entry.name) ?? '';
      return {
        id,
        label: asText(entry.display_name) ?? asText(entry.name) ?? id,
        made: asCount(entry.created) ?? 0,
      };
    })
    .filter(({ id }) => id !== '' && id.length <= 200)
    .sort((a, b) => b.made - a.made)
    .map(({ id, label }) => ({ id, label: label.slice(0, 200) }));
}
