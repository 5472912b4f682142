export const names = {
  keyword: `
    break else for function if in next repeat return while library require source
  `,
  constant: `
    TRUE FALSE NULL NA NaN Inf LETTERS letters pi stdin
  `,
  function: `
    abs aggregate all any apply as.character as.integer as.numeric barplot boxplot c cat cbind ceiling colnames cor
    cumsum cut data.frame diff dim do.call exp factor Filter floor format grepl gsub head hist identical ifelse
    integer invisible is.na is.null lapply length levels lines list lm log ls Map mapply match max mean median merge
    message min names nchar ncol nrow numeric order paste paste0 plot points print prod quantile range rbind
    read.csv readline readLines Reduce rep rev rnorm round row.names rownames runif sample sapply scan sd seq
    seq_along seq_len set.seed setdiff sort split sprintf sqrt stop stopifnot str strsplit sub subset substr sum
    summary table tail tapply tolower toupper trimws typeof union unique unlist var vector warning which which.max
    with write.csv
  `
}

export const snippets = [
  ["for", "over items", "for (${1:item} in ${2:items}) {\n\t${0}\n}"],
  ["while", "loop", "while (${1:condition}) {\n\t${0}\n}"],
  ["if", "condition", "if (${1:condition}) {\n\t${0}\n}"],
  ["function", "function", "${1:name} <- function(${2}) {\n\t${0}\n}"],
  ["try", "catch an error", "tryCatch({\n\t${1}\n}, error = function(e) {\n\t${0}\n})"]
]
