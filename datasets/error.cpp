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

Error::Error(Kind kind, std::string subject, std::string problem, std::string remedy)
    : std::runtime_error(sentence(subject, problem, remedy)),
      kind_(kind),
      subject_(std::move(subject)),
      problem_(std::move(problem)),
      remedy_(std::move(remedy)) {}

}  // namespace paralif
