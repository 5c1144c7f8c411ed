;;; Opens a manifest in Emacs with Drydock attached through Eglot, and prints what a hover and the pushed findings say.  -*- lexical-binding: t -*-
(require 'package)
(package-initialize)
(require 'eglot)
(setq eglot-sync-connect 20 eglot-autoshutdown nil)
(add-to-list 'eglot-server-programs
             (list 'conf-mode (getenv "NODE") (getenv "SERVER") "--stdio"))
(find-file (getenv "MANIFEST"))
(conf-mode)
(apply #'eglot--connect (eglot--guess-contact))
(let ((end (+ (float-time) 20)) (arrived nil))
  (advice-add 'eglot-handle-notification :after
              (lambda (_server method &rest more)
                (when (and (eq method 'textDocument/publishDiagnostics)
                           (string-match-p (getenv "WANTED") (format "%S" more)))
                  (setq arrived t))))
  (goto-char (point-min))
  (search-forward "name: we")
  (eglot--managed-mode 1)
  (while (and (not arrived) (< (float-time) end)) (accept-process-output nil 0.1))
  (princ (format "arrived=%S %S" arrived
                 (jsonrpc-request (eglot-current-server) :textDocument/hover (eglot--TextDocumentPositionParams)))))
(kill-emacs 0)
