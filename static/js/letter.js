// A recipient of an earlier letter brings practice and address along, as long as those are still empty.

const name = document.getElementById("id_recipient_name");

name?.addEventListener("input", () => {
  const known = [...document.querySelectorAll("#recipients option")].find((option) => option.value === name.value);
  if (!known) return;
  for (const part of ["organisation", "address"]) {
    const field = document.getElementById(`id_recipient_${part}`);
    if (!field.value.trim()) field.value = known.dataset[part];
  }
});
