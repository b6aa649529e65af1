import * as z from 'zod';
import { plainText, slug, time } from '../runtime/forms';
import type { ObjectForm } from '../runtime/object-store';
import { id } from './schemas';

/** Seconds that a link takes an upload: an assumption, within which the largest begins on a slow line; one that has begun may end later. */
export const uploadSeconds = 15 * 60;

/** An hour, as [project-files] has it. */
export const downloadSeconds = 60 * 60;

/** Bytes of one file: an assumption; S3 takes 5 GB at once, and a browser begins anew with whatever was cut off. */
const mostBytes = 100 * 1024 * 1024;

/** What a customer may have who was not given another quota: an assumption, ten times the largest file. docs/runbooks.md says how to raise it. */
export const usualQuota = { files: 1_000, bytes: 1024 * 1024 * 1024 } as const;

/**
 * What may be uploaded, with the ending of its key. Nothing that a browser runs where it is opened: no HTML, no SVG, no XML. That a file is what its type says
 * nobody checks; it is served as an attachment, under its type alone (`nosniff` at the CDN).
 */
export const contentTypes = {
  'application/pdf': 'pdf',
  'application/json': 'json',
  'application/zip': 'zip',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'image/avif': 'avif',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'model/gltf-binary': 'glb',
  'text/csv': 'csv',
  'text/plain': 'txt',
  'video/mp4': 'mp4',
} as const;
export type ContentType = keyof typeof contentTypes;

const contentType = z.enum(Object.keys(contentTypes) as [ContentType, ...ContentType[]]);

/** Part of the key: it has the same form in a path and in a URL. */
export const project = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/)
  .meta({ description: 'A name or an id that the customer chooses', example: 'kitchen' });

/** What S3 keeps beside an object has 2 KB (UserGuide, UsingMetadata, read 2026-11-29); a character takes up to nine bytes of it. */
const fileName = plainText(150)
  .min(1)
  .refine((name) => name.isWellFormed(), 'has half a character');

export const newFile = z.strictObject({
  name: fileName.meta({ description: 'Under which it is downloaded again', example: 'floor plan.pdf' }),
  project,
  category: slug.meta({ example: 'plans' }),
  contentType,
  bytes: z.int().min(1).max(mostBytes).meta({ description: 'Its exact length', example: 48_213 }),
});

export const file = newFile
  .extend({
    id,
    status: z.enum(['uploading', 'ready']),
    createdAt: time,
    readyAt: time.nullable().meta({ description: 'When its upload was confirmed' }),
  })
  .meta({ id: 'File' });

export const signedLink = z
  .object({ url: z.string().meta({ description: 'Whoever has it needs no log-in' }), expiresAt: time })
  .meta({ id: 'SignedLink' });

export interface FileRow {
  readonly id: string;
  readonly name: string;
  readonly project: string;
  readonly category: string;
  readonly contentType: ContentType;
  /** PostgreSQL's `bigint`, which is text in JavaScript. */
  readonly bytes: string;
  readonly status: 'uploading' | 'ready';
  readonly createdAt: Date;
  readonly readyAt: Date | null;
}

/** Columns for `fileOf`, of `files`. @param of what the row is called where it is a part of another one */
export const fileColumns = (of = ''): string =>
  [
    'id',
    'name',
    'project',
    'category',
    'content_type as "contentType"',
    'bytes',
    'status',
    'created_at as "createdAt"',
    'ready_at as "readyAt"',
  ]
    .map((column) => `${of}${column}`)
    .join(', ');

export const fileOf = ({ bytes, createdAt, readyAt, ...row }: FileRow): z.input<typeof file> => ({
  id: row.id,
  name: row.name,
  project: row.project,
  category: row.category,
  contentType: row.contentType,
  bytes: Number(bytes),
  status: row.status,
  createdAt: createdAt.toISOString(),
  readyAt: readyAt?.toISOString() ?? null,
});

/** As S3 keeps it. */
export const objectForm = ({ name, contentType: type, bytes }: Pick<FileRow, 'name' | 'contentType' | 'bytes'>): ObjectForm => ({
  contentType: type,
  bytes: Number(bytes),
  contentDisposition: attachment(name),
});

/** Saved and never opened on the origin that serves it (RFC 6266), under its name in any script (RFC 8187). */
const attachment = (name: string): string =>
  `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`;
