// What every adapter of this folder is beyond the seam.
import { AppError } from '../../../preload/contract/errors.ts';
import type { ProviderInfo } from '../../../preload/contract/providers.ts';
import type { ProviderAdapter } from './provider.ts';

export interface WarmAdapter extends ProviderAdapter {
  /** Imports the SDK ahead of the first call, so that the first call does not wait for it. */
  warm(): Promise<void>;
}

export const apiNotOffered = (info: ProviderInfo, api: string): AppError =>
  new AppError(
    'DRAFT_INVALID',
    `${info.name} has no API "${api.slice(0, 40)}" here; choose ${info.apis.map((offered) => offered.label).join(' or ')}.`,
  );
