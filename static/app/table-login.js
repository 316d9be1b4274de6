// The sheet's QR code leads here with the table's code in the fragment, which browsers send to nobody.
// Put it into the field, and out of the address, so that it does not stay in the history.
(() => {
  const field = document.getElementById("id_code");
  const code = decodeURIComponent(location.hash.slice(1));
  if (!field || !/^[0-9A-Za-z -]{6,20}$/.test(code)) return;
  field.value = code;
  history.replaceState(null, "", location.pathname);
})();
