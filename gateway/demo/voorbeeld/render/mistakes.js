// What is wrong with what was filled in, each at its field.

/**
 * Show these, and no others.
 *
 * @param mistakes pairs of a field's name and what is said there, in the place that has
 *   the id of the field with `-fout` after it.
 * @returns the fields, in the same order.
 */
export function showMistakes(form, mistakes) {
  for (const said of form.querySelectorAll(".error")) {
    said.textContent = ""; // a screen reader reads what describes a field also when it is hidden
    said.hidden = true;
  }
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  return mistakes.map(([name, melding]) => {
    const said = document.getElementById(`${name}-fout`);
    said.textContent = melding;
    said.hidden = false;
    const field = document.getElementById(name);
    field.setAttribute("aria-invalid", "true");
    return field;
  });
}
