// What a matching thread tells of one match: everything but the secret. Stored in the cache as it is.
import type { RevealedSecret } from '../model.ts';

export interface Hit {
  rule: string;
  masked: string;
  fingerprint: string;
  keyFingerprint: string | null;
  knownKey: string | null;
  line: number;
  column: number;
  /** Byte offsets in the content as stored. */
  start: number;
  end: number;
  /** The line, or the one above it, says `keybench:allow`. */
  inline: boolean;
  /** An allow list names the secret. Those by path come later, when the path is known. */
  allowed: 'user' | 'repository' | null;
  /** Only where the request says `reveal`; the cache leaves it out. */
  revealed?: RevealedSecret;
}

/** `file`: of the work tree; its id is made up of what tells that it has not changed. */
export type ContentType = 'blob' | 'commit' | 'tag' | 'file';

/** Hits of one content. */
export interface ContentHits {
  /** The object's id in hex. */
  id: string;
  type: ContentType;
  hits: readonly Hit[];
}
