// One real input over drawn cells: what is typed or pasted is mended as the server would.

const MENDED = { 0: 'O', 1: 'I', 8: 'B' };
const KINDS = {
  base32: (typed) => [...typed.toUpperCase()].map((character) => MENDED[character] ?? character).filter((character) => /[A-Z2-7]/.test(character)),
  digits: (typed) => [...typed].filter((character) => /\d/.test(character)),
};

export function prepareCode(field, onFull) {
  const input = field.querySelector('input');
  const cells = [...field.querySelectorAll('i')];
  const mend = KINDS[field.dataset.kind ?? 'base32'];
  const draw = () => {
    const typed = [...input.value];
    cells.forEach((cell, at) => {
      cell.textContent = typed[at] ?? '';
      cell.toggleAttribute('data-now', document.activeElement === input && at === Math.min(typed.length, cells.length - 1));
    });
  };
  input.addEventListener('input', () => {
    field.dataset.wrong = 'false';
    input.value = mend(input.value).slice(0, cells.length).join('');
    draw();
    onFull(input.value.length === cells.length);
  });
  for (const event of ['focus', 'blur']) input.addEventListener(event, draw);
  field.dataset.drawn = '';
  draw();
}
