#include "datasets/error.h"

#include "datasets/text.h"

namespace paralif {
namespace {

std::string sentence(const std::string& subject, const std::string& problem,
                     const std::string& remedy) {
  std::string text = subject.empty() ? problem : subject + ": " + problem;
  if (!remedy.empty()) text += "; " + remedy;
  return printable(text);  // names from files may hold anything
}

}  // namespace

Error::Error(Kind kind, std::string subject, const std::string& shown, std::string problem,
             std::string remedy, int)
    : std::runtime_error(sentence(shown, problem, remedy)),
      kind_(kind),
      subject_(std::move(subject)),
      problem_(std::move(problem)),
      remedy_(std::move(remedy)) {}

Error::Error(Kind kind, std::string subject, std::string problem, std::string remedy)
    : Error(kind, subject, subject, std::move(problem), std::move(remedy), 0) {}

Error Error::shown_as(Kind kind, std::string subject, const std::string& shown,
                      std::string problem, std::string remedy) {
  return {kind, std::move(subject), shown, std::move(problem), std::move(remedy), 0};
}

}  // namespace paralif
