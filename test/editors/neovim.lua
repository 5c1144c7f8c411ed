-- Opens a manifest in Neovim with Drydock attached, and prints the codes of the findings that arrive: SERVER and MANIFEST come from the environment.
local codes = {}
vim.cmd("edit " .. vim.env.MANIFEST)
local client = vim.lsp.start_client({
  name = "drydock",
  cmd = { vim.env.NODE, vim.env.SERVER, "--stdio" },
  root_dir = vim.fn.fnamemodify(vim.env.MANIFEST, ":h"),
})
vim.lsp.buf_attach_client(0, client)
local arrived = vim.wait(20000, function()
  codes = vim.tbl_map(function(each) return each.code end, vim.diagnostic.get(0))
  return vim.tbl_contains(codes, vim.env.WANTED)
end, 50)
local hover = vim.lsp.buf_request_sync(0, "textDocument/hover", {
  textDocument = { uri = vim.uri_from_bufnr(0) },
  position = { line = 2, character = 18 },
}, 10000)
io.stdout:write(vim.json and vim.json.encode({ arrived = arrived, codes = codes, hover = hover }) or "none")
vim.lsp.stop_client(client)
vim.cmd("qall!")
