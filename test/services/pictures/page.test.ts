import { servedPictureOf } from '../../../services/api/picture';
import { textOf } from '../../docs/commands-in-documents';

/** The code of docs/pictures.md, on something like a page. */
class Element {
  readonly children: Element[] = [];
  constructor(readonly name: string) {}
  append(child: Element): void {
    this.children.push(child);
  }
}

const srcset = (form: string) => `/media/products/p/i/400.${form} 400w, /media/products/p/i/800.${form} 800w`;

test('the code of the page makes a `<picture>` of what the API tells', () => {
  const [, code = ''] = /^```js\n(.*?)^```$/ms.exec(textOf('docs/pictures.md')) ?? [];
  // oxlint-disable-next-line typescript/no-implied-eval -- what a document prints is what is run
  const pictureOf = new Function('document', `${code}; return pictureOf;`)({
    createElement: (name: string) => new Element(name),
  }) as (picture: object, sizes: string) => Element;
  const told = servedPictureOf('p', { id: 'i', alt: 'A shoe', width: 800, height: 600, widths: [400, 800] });
  expect(pictureOf(told, '50vw')).toEqual({
    name: 'picture',
    children: [
      { name: 'source', children: [], type: 'image/avif', srcset: srcset('avif'), sizes: '50vw' },
      { name: 'source', children: [], type: 'image/webp', srcset: srcset('webp'), sizes: '50vw' },
      { name: 'img', children: [], src: '/media/products/p/i/800.webp', alt: 'A shoe', width: 800, height: 600, loading: 'lazy' },
    ],
  });
});
