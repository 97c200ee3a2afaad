#include "datasets/error.h"

namespace paralif {
namespace {

std::string sentence(const std::string& subject, const std::string& problem,
                     const std::string& remedy) {
  std::string text = subject.empty() ? problem : subject + ": " + problem;
  if (!remedy.empty()) text += "; " + remedy;
  // Names from files may hold anything; a sentence is one line.
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ') c = '?';
  }
  return text;
}

}  // namespace

Error::Error(Kind kind, std::string subject, std::string problem, std::string remedy)
    : std::runtime_error(sentence(subject, problem, remedy)),
      kind_(kind),
      subject_(std::move(subject)),
      problem_(std::move(problem)),
      remedy_(std::move(remedy)) {}

}  // namespace paralif
