#include "core/library/run_query.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

#include "core/library/run_columns.h"
#include "core/runs/new_run.h"
#include "datasets/error.h"

namespace paralif {
namespace {

constexpr std::size_t longest_query = 10'000;
constexpr std::string_view operator_letters = "=<>!~";

struct Token {
  bool is_operator = false;
  std::string text;
};

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

bool is_blank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

std::vector<Token> tokens_of(const std::string& text) {
  std::vector<Token> tokens;
  std::size_t at = 0;
  while (at < text.size()) {
    if (is_blank(text[at])) {
      ++at;
    } else if (operator_letters.find(text[at]) != std::string_view::npos) {
      const bool two = at + 1 < text.size() && (text[at + 1] == '=' || text[at + 1] == '~') &&
                       text[at] != '~';
      tokens.push_back({true, text.substr(at, two ? 2 : 1)});
      at += two ? 2 : 1;
    } else {
      std::string word;
      while (at < text.size() && !is_blank(text[at]) &&
             operator_letters.find(text[at]) == std::string_view::npos) {
        if (text[at] != '"') {
          word += text[at++];
          continue;
        }
        const std::size_t end = text.find('"', at + 1);
        if (end == std::string::npos) {
          throw Error(Error::Kind::setting, "filter", "has a \" without its end", "close it");
        }
        word += text.substr(at + 1, end - at - 1);
        at = end + 1;
      }
      tokens.push_back({false, std::move(word)});
    }
  }
  return tokens;
}

std::vector<std::string> alternatives(const std::string& value) {
  std::vector<std::string> all;
  std::size_t at = 0;
  while (true) {
    const std::size_t end = std::min(value.find('|', at), value.size());
    all.push_back(value.substr(at, end - at));
    if (end == value.size()) return all;
    at = end + 1;
  }
}

/// "0.8", "80%" or, of a time, "2024-05-01".
std::optional<double> number_for(const RunColumn& column, const std::string& text) {
  if (column.key == "started") {
    const std::int64_t instant = instant_of_local(text);
    if (instant < 0) return std::nullopt;
    return static_cast<double>(instant);
  }
  if (text.ends_with('%')) {
    const auto percent = number_of_text(std::string_view(text).substr(0, text.size() - 1));
    return percent ? std::optional(*percent / 100.0) : std::nullopt;
  }
  return number_of_text(text);
}

/// "yes", "true" and "on" are one word, and so are their opposites, where the run's value is one.
std::string plain(const std::string& text) {
  if (text == "yes" || text == "on") return "true";
  if (text == "no" || text == "off") return "false";
  return text;
}

using Test = std::function<bool(const RunEntry&)>;

Test equals(const RunColumn& column, const std::string& value) {
  if (column.key == "tag") {
    return [value](const RunEntry& run) {
      return std::ranges::any_of(run.marks.tags,
                                 [&](const std::string& tag) { return lower(tag) == lower(value); });
    };
  }
  if (column.key == "started") {  // a whole day, hour, ...
    return [&column, value](const RunEntry& run) { return column.text(run).starts_with(value); };
  }
  const auto number = number_for(column, value);
  return [&column, number, wanted = lower(value)](const RunEntry& run) {
    if (number) {
      const auto own = column.number(run);
      if (own) return *own == *number;
    }
    const std::string own = plain(lower(column.text(run)));
    if (own != "true" && own != "false") return own == wanted;
    return own == (wanted == "1" ? "true" : wanted == "0" ? "false" : plain(wanted));
  };
}

Test holds(const RunColumn& column, const std::string& value) {
  return [&column, wanted = lower(value)](const RunEntry& run) {
    return lower(column.text(run)).find(wanted) != std::string::npos;
  };
}

Test compares(const RunColumn& column, const std::string& op, const std::string& value) {
  const auto bound = number_for(column, value);
  if (!bound) {
    throw Error(Error::Kind::setting, column.key + op + value,
                column.key == "started" ? "needs a time such as 2024-05-01 or \"2024-05-01 14:00\""
                                        : "needs a number behind " + op);
  }
  return [&column, op, bound = *bound](const RunEntry& run) {
    const auto own = column.number(run);
    if (!own) return false;
    if (op == "<") return *own < bound;
    if (op == "<=") return *own <= bound;
    if (op == ">") return *own > bound;
    return *own >= bound;
  };
}

Test term(const std::string& name, const std::string& op, const std::string& value) {
  const RunColumn& column = run_column(name);
  const bool negated = op.starts_with('!');
  std::vector<Test> any;
  for (const std::string& one : alternatives(value)) {
    if (op == "=" || op == "!=" || op == "==") {
      any.push_back(equals(column, one));
    } else if (op == "~" || op == "!~") {
      any.push_back(holds(column, one));
    } else if (op == "<" || op == "<=" || op == ">" || op == ">=") {
      any.push_back(compares(column, op, one));
    } else {
      throw Error(Error::Kind::setting, name + op + value, "'" + op + "' is no comparison",
                  "use = != < <= > >= ~ or !~");
    }
  }
  return [any = std::move(any), negated](const RunEntry& run) {
    return std::ranges::any_of(any, [&](const Test& one) { return one(run); }) != negated;
  };
}

Test word(const std::string& text) {
  return [wanted = lower(text)](const RunEntry& run) {
    const auto in = [&](const std::string& where) {
      return lower(where).find(wanted) != std::string::npos;
    };
    return in(run.title) || in(run.marks.note) || in(run.dataset) || in(run.network) ||
           in(run.sweep) || in(std::string(to_string(run.status))) || in(run.folder.filename().string()) ||
           std::ranges::any_of(run.marks.tags, in);
  };
}

}  // namespace

RunQuery::RunQuery(const std::string& text) {
  if (text.size() > longest_query) {
    throw Error(Error::Kind::setting, "filter", "is longer than 10000 letters", "shorten it");
  }
  const std::vector<Token> tokens = tokens_of(text);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].is_operator) {
      throw Error(Error::Kind::setting, tokens[i].text, "has no name before it",
                  "write it as accuracy>0.8");
    }
    if (i + 1 == tokens.size() || !tokens[i + 1].is_operator) {
      terms_.push_back(word(tokens[i].text));
      continue;
    }
    if (i + 2 == tokens.size() || tokens[i + 2].is_operator) {
      throw Error(Error::Kind::setting, tokens[i].text + tokens[i + 1].text,
                  "has no value behind it", "write it as accuracy>0.8, and no value as \"\"");
    }
    terms_.push_back(term(tokens[i].text, tokens[i + 1].text, tokens[i + 2].text));
    i += 2;
  }
}

bool RunQuery::matches(const RunEntry& run) const {
  return std::ranges::all_of(terms_, [&](const auto& one) { return one(run); });
}

}  // namespace paralif
