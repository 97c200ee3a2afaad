// Memory of large arrays, kept for the next step of training instead of going back to the system.
//
// A training step asks for the same sizes again and again; fresh memory costs a page fault and
// a zeroing every 4 KiB, more than a fused pass itself.
#pragma once

#include <cstddef>

namespace paralif {

/// At least `bytes` (above 0), aligned to 64 bytes, contents undefined. Threads may call at once.
/// Throws std::bad_alloc.
void* take_buffer(std::size_t bytes);
/// Gives back what take_buffer(bytes) returned.
void return_buffer(void* buffer, std::size_t bytes) noexcept;

/// Bytes kept idle: at most twice as many as were in use at once, and a quarter of the machine's memory.
std::size_t idle_buffer_bytes();
/// Returns all idle memory to the system.
void release_idle_buffers() noexcept;

}  // namespace paralif
