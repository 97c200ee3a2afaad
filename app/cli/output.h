// Standard output and error as streams that never fail: what cannot be written is dropped and
// remembered, so that a full disk or a closed pipe changes an exit status and nothing else.
#pragma once

namespace paralif::cli {

/// To be called first in main(). Descriptors 0 to 2 that are closed lead nowhere from then on, so
/// that no file of ours is opened in their place.
void use_lasting_output();

/// Whether something printed to standard output was lost.
bool output_was_lost();

/// Prints what is still held back.
void flush_output();

/// `status`, unless what was printed did not reach its end, as on a full disk: then that is said and
/// the status is one of failure.
int status_after_output(int status);

}  // namespace paralif::cli
