# Makes the models of these tests as MLflow's R package saves what carrier::crate() gives: Rscript make_models.R FOLDER

# A function that carries what it needs, and nothing else.
crate <- function(fn, ...) {
  environment(fn) <- list2env(list(...), parent = baseenv())
  structure(fn, class = "crate")
}

save_model <- function(name, model) {
  path <- file.path(commandArgs(trailingOnly = TRUE)[[1]], name)
  dir.create(path, recursive = TRUE)
  saveRDS(serialize(model, NULL), file.path(path, "crate.bin"))
  lines <- c("flavors:", "  crate:", "    version: 0.1.0", "    model: crate.bin", "utc_time_created: 26-11-21T10:00:00.00")
  writeLines(lines, file.path(path, "MLmodel"))
}

save_model("petals", crate(
  function(data) stats::predict(fit, data),
  fit = lm(Petal.Width ~ Sepal.Length + Petal.Length, iris)
))

# Waits for the files that the column `wait` names, then does what the first cell of the column `do` says.
save_model("obedient", crate(function(data) {
  for (path in setdiff(data$wait, c("", NA))) while (!file.exists(path)) Sys.sleep(0.02)
  if ("fail" %in% data$do) stop("I was told to fail")
  switch(data$do[[1]],
    types = vapply(data, function(column) class(column)[[1]], ""),
    frame = data,
    missing = c(1.5, NA, NaN),
    strings = c("a", "\u00e9\"\n", NA),
    factor = factor(c("low", "high")),
    matrix = matrix(c(0.5, 1, 0.25, 0), 2),
    list = list(mean = 1.5, names = c("x", "y")),
    rows = seq_len(nrow(data)),
    few = c(1, 2),
    halves = data.frame(half = data$n / 2),
    names = names(data),
    quit = quit(status = 3),
    hang = Sys.sleep(600),
    pid = Sys.getpid(),
    print = {
      cat("printed by the model\n")
      message("told by the model")
      system("echo echoed by the model")
      1
    },
    variable = Sys.getenv("ASKED_FOR"),
    stop("I cannot ", data$do[[1]])
  )
}))

save_model("no-function", 42)
