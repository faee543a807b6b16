# Scores requests with a function of R that MLflow's R package saved (flavor `crate`).
#
#   Rscript modelyard_worker.R CRATE-FILE     requests on standard input, answers on descriptor 3
#
# A frame, of either, is the length of its header and that of its payload (4 bytes each, little-endian), the header
# (JSON) and the payload. A request's header has `id` and `kind`, json or csv, and its payload is the body to score. Its
# answer has the `id`, a `status` and what belongs to it: `done` with the answer's body, `bad_request` and `model_error`
# with JSON of `message` and `stack`. The first frame is `ready`, or `unusable` with the reason.

# What the model prints goes to standard output and never into an answer.
requests <- file("stdin", "rb")
answers <- pipe("cat >&3", "wb")
options(warn = 1)

send <- function(header, json = "") {
  header <- charToRaw(enc2utf8(header))
  payload <- charToRaw(enc2utf8(json))
  writeBin(c(length(header), length(payload)), answers, endian = "little")
  writeBin(c(header, payload), answers)
  flush(answers)
}

send_answer <- function(id, status, json) {
  send(sprintf("{\"id\": %d, \"status\": \"%s\"}", as.integer(id), status), json)
}

send_failure <- function(id, status, message, stack = character()) {
  failure <- list(message = message, stack = paste(stack, collapse = "\n"))
  send_answer(id, status, jsonlite::toJSON(failure, auto_unbox = TRUE))
}

# The values of a column: one vector when each is a single value, else a list. JSON's null is missing.
column_of <- function(values) {
  values[vapply(values, is.null, NA)] <- NA
  if (length(values) == 0) return(logical())
  if (any(lengths(values) != 1) || any(vapply(values, is.list, NA))) return(I(values))
  unlist(values, use.names = FALSE)
}

frame_of_columns <- function(columns, names) {
  rows <- if (length(columns) == 0) 0L else max(lengths(columns))
  if (any(lengths(columns) != rows)) stop("The columns of the table have different lengths.")
  structure(columns, names = names, row.names = .set_row_names(rows), class = "data.frame")
}

# `[[` of a list answers NULL for a name that it does not have, but not for a place.
frame_of_rows <- function(rows, names = NULL) {
  width <- max(length(names), lengths(rows))
  if (is.null(names)) names <- paste0("V", seq_len(width))
  if (length(names) != width) stop("The rows of the table have more values than it has columns.")
  cell <- function(place) function(row) if (place > length(row)) NULL else row[[place]]
  frame_of_columns(lapply(seq_len(width), function(place) column_of(lapply(rows, cell(place)))), names)
}

frame_of_records <- function(records) {
  names <- unique(unlist(lapply(records, names)))
  columns <- lapply(names, function(name) column_of(lapply(records, function(record) record[[name]])))
  frame_of_columns(columns, names)
}

frame_of_split <- function(split) {
  if (is.null(split$data)) stop("dataframe_split needs `data`, the list of rows.")
  frame <- frame_of_rows(split$data, unlist(split$columns))
  index <- unlist(split$index)
  if (length(index) == nrow(frame) && !anyDuplicated(index)) row.names(frame) <- index
  frame
}

frame_of_inputs <- function(inputs) {
  if (!is.null(names(inputs))) return(frame_of_columns(lapply(inputs, column_of), names(inputs)))
  if (length(inputs) > 0 && !is.null(names(inputs[[1]]))) return(frame_of_records(inputs))
  frame_of_rows(lapply(inputs, as.list))
}

frame_of_json <- function(text) {
  given <- jsonlite::fromJSON(text, simplifyVector = FALSE)
  known <- c("dataframe_split", "dataframe_records", "instances", "inputs")
  format <- intersect(names(given), known)
  if (length(format) != 1) {
    stop("The body must be a JSON object with exactly one of ", paste(known, collapse = ", "), ".")
  }
  switch(format,
    dataframe_split = frame_of_split(given[[format]]),
    dataframe_records = frame_of_records(given[[format]]),
    frame_of_inputs(given[[format]])
  )
}

# Names of columns are made names of R, as read.csv does.
frame_of_csv <- function(text) {
  utils::read.csv(text = text, stringsAsFactors = FALSE, encoding = "UTF-8")
}

# The text of a body, without a byte order mark.
text_of <- function(body) {
  if (length(body) > 2 && all(body[1:3] == as.raw(c(0xef, 0xbb, 0xbf)))) body <- body[-(1:3)]
  text <- rawToChar(body)
  Encoding(text) <- "UTF-8"
  text
}

# One prediction is a list of one, like many.
json_of <- function(result) {
  if (is.atomic(result) && is.null(dim(result))) result <- I(unname(result))
  jsonlite::toJSON(result,
    auto_unbox = TRUE, digits = NA, na = "null", rownames = FALSE, POSIXt = "ISO8601", force = TRUE
  )
}

predicted <- function(model, frame, id) {
  calls <- list()
  outside <- sys.nframe()
  tryCatch(
    {
      result <- withCallingHandlers(model(frame), error = function(error) calls <<- sys.calls())
      send_answer(id, "done", paste0("{\"predictions\": ", json_of(result), "}"))
    },
    error = function(error) {
      lines <- vapply(calls, function(call) deparse(call, nlines = 1L)[[1]], "")
      # Those of this function come before the model's, those that caught the error after.
      stack <- utils::head(utils::tail(lines, -(outside + 5L)), -2L)
      send_failure(id, "model_error", conditionMessage(error), stack)
    }
  )
}

score <- function(model, id, kind, body) {
  frame <- tryCatch(
    if (kind == "csv") frame_of_csv(text_of(body)) else frame_of_json(text_of(body)),
    error = function(error) send_failure(id, "bad_request", conditionMessage(error))
  )
  if (is.data.frame(frame)) predicted(model, frame, id)
}

load_model <- function(file) {
  model <- unserialize(readRDS(file))
  if (!is.function(model)) stop("It holds no function.")
  model
}

unusable <- function(reason) {
  # Without jsonlite, which may be what is missing.
  reason <- gsub("[[:cntrl:]]", " ", gsub("([\\\\\"])", "\\\\\\1", reason))
  send(paste0("{\"unusable\": \"", reason, "\"}"))
  quit(status = 1)
}

if (!requireNamespace("jsonlite", quietly = TRUE)) unusable("jsonlite is missing")
model <- tryCatch(load_model(commandArgs(trailingOnly = TRUE)[[1]]), error = function(error) {
  unusable(conditionMessage(error))
})
send("{\"ready\": true}")

repeat {
  lengths <- readBin(requests, "integer", 2, size = 4, endian = "little")
  if (length(lengths) < 2) break
  header <- jsonlite::fromJSON(rawToChar(readBin(requests, "raw", lengths[[1]])))
  body <- readBin(requests, "raw", lengths[[2]])
  if (length(body) < lengths[[2]]) break
  score(model, header$id, header$kind, body)
}
