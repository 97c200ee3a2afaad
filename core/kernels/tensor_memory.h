// Memory of Torch's tensors on the CPU.
#pragma once

namespace paralif {

/// Lets all large tensors, those of Torch's own operations too, use the memory of earlier ones
/// (buffer_pool.h), from now on in the whole process. Values do not depend on it.
void pool_tensor_memory();

}  // namespace paralif
