#include "datasets/download/download.h"

#include <curl/curl.h>
#include <openssl/evp.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <memory>
#include <mutex>
#include <thread>

#include "datasets/error.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

void begin_curl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

std::uint64_t size_of(const fs::path& path) {
  std::error_code none;
  const auto size = fs::file_size(path, none);
  return none ? 0 : size;
}

/// One request, which goes on where the part file ends.
class Transfer {
 public:
  Transfer(const RemoteFile& file, const fs::path& part, const DownloadOptions& options)
      : file_(file), part_(part), options_(options), from_(size_of(part)) {}

  enum class End : std::uint8_t { whole, broken, anew };

  End run() {
    begin_curl();
    File out(std::fopen(part_.c_str(), "ab"), std::fclose);
    if (out == nullptr) {
      throw Error(Error::Kind::file, part_.string(),
                  std::string("cannot be written: ") + std::strerror(errno));
    }
    out_ = out.get();
    const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
    std::array<char, CURL_ERROR_SIZE> text{};
    const auto set = [&](CURLoption option, auto value) {
      curl_easy_setopt(curl.get(), option, value);
    };
    set(CURLOPT_URL, file_.url.c_str());
    set(CURLOPT_ERRORBUFFER, text.data());
    set(CURLOPT_FAILONERROR, 1L);
    set(CURLOPT_FOLLOWLOCATION, 1L);
    set(CURLOPT_MAXREDIRS, 10L);
#if LIBCURL_VERSION_NUM >= 0x075500
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
#endif
    set(CURLOPT_CONNECTTIMEOUT, 30L);
    set(CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(options_.patience_s));
    set(CURLOPT_USERAGENT, "ParaLIF-Studio");
    set(CURLOPT_NOSIGNAL, 1L);
    if (from_ > 0) set(CURLOPT_RESUME_FROM_LARGE, static_cast<curl_off_t>(from_));
    set(CURLOPT_WRITEFUNCTION, &Transfer::write);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &Transfer::progress);
    set(CURLOPT_XFERINFODATA, this);
    const CURLcode code = curl_easy_perform(curl.get());
    const bool kept = std::fflush(out.get()) == 0;
    if (stopped_) throw DownloadStopped();
    if (too_large_) {
      throw Error(Error::Kind::file, file_.url, "sends more than such a file can hold");
    }
    if (full_ || !kept) {
      throw Error(Error::Kind::file, part_.string(),
                  std::string("cannot be written: ") + std::strerror(full_ ? full_ : errno),
                  "free some space and try again; what has come is kept");
    }
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    return judge(code, status, text.data());
  }

  [[nodiscard]] const std::string& reason() const { return reason_; }

 private:
  End judge(CURLcode code, long status, const char* text) {
    constexpr long no_such_range = 416;
    if (code == CURLE_OK) return End::whole;
    // All of it was there already, or the server cannot begin in the middle.
    if (status == no_such_range) return End::whole;
    if (code == CURLE_RANGE_ERROR) return End::anew;
    reason_ = *text != '\0' ? text : curl_easy_strerror(code);
    if (code == CURLE_HTTP_RETURNED_ERROR && status < 500) {
      if (size_of(part_) == 0) fs::remove(part_);
      throw Error(Error::Kind::file, file_.url, "cannot be had: " + reason_,
                  "see the publishers' page");
    }
    if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT) {
      throw Error(Error::Kind::file, file_.url, "is no address to download from");
    }
    return End::broken;
  }

  static std::size_t write(char* bytes, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    transfer.came_ += size * count;
    if (transfer.from_ + transfer.came_ > transfer.file_.most_bytes) {
      transfer.too_large_ = true;
      return 0;
    }
    const std::size_t written = std::fwrite(bytes, 1, size * count, transfer.out_);
    if (written != size * count) transfer.full_ = errno != 0 ? errno : ENOSPC;
    return written;
  }

  static int progress(void* self, curl_off_t all, curl_off_t done, curl_off_t, curl_off_t) {
    auto& transfer = *static_cast<Transfer*>(self);
    if (!transfer.options_.progress) return 0;
    const auto from = transfer.from_;
    const std::uint64_t whole = all > 0 ? from + static_cast<std::uint64_t>(all) : 0;
    transfer.stopped_ =
        !transfer.options_.progress(from + static_cast<std::uint64_t>(done), whole);
    return transfer.stopped_ ? 1 : 0;
  }

  const RemoteFile& file_;
  const fs::path& part_;
  const DownloadOptions& options_;
  std::uint64_t from_;
  std::uint64_t came_ = 0;
  std::FILE* out_ = nullptr;
  bool stopped_ = false;
  bool too_large_ = false;
  int full_ = 0;
  std::string reason_;
};

/// Waits, and looks ten times a second whether to stop.
void pause(double seconds, const fs::path& part, const DownloadOptions& options) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  while (std::chrono::steady_clock::now() < until) {
    if (options.progress && !options.progress(size_of(part), 0)) throw DownloadStopped();
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

void fetch(const RemoteFile& file, const fs::path& part, const DownloadOptions& options) {
  double wait = options.pause_s;
  std::uint64_t most = size_of(part);
  for (int attempt = 1;; ++attempt) {
    Transfer transfer(file, part, options);
    const Transfer::End end = transfer.run();
    if (end == Transfer::End::whole) return;
    if (end == Transfer::End::anew) fs::remove(part);
    if (size_of(part) > most) {  // it goes forward
      most = size_of(part);
      attempt = 0;
      wait = options.pause_s;
    }
    if (attempt >= options.tries) {
      const bool some = size_of(part) > 0;
      if (!some) fs::remove(part);
      throw Error(Error::Kind::file, file.url, "breaks off: " + transfer.reason(),
                  some ? "try again later; what has come is kept" : "try again later");
    }
    pause(wait, part, options);
    wait *= 2;
  }
}

}  // namespace

std::string md5_of(const fs::path& file) {
  const File in(std::fopen(file.c_str(), "rb"), std::fclose);
  if (in == nullptr) {
    throw Error(Error::Kind::file, file.string(),
                std::string("cannot be read: ") + std::strerror(errno));
  }
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> sum(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_DigestInit_ex(sum.get(), EVP_md5(), nullptr);
  std::vector<char> buffer(1U << 20U);
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), in.get())) {
    EVP_DigestUpdate(sum.get(), buffer.data(), count);
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int length = 0;
  EVP_DigestFinal_ex(sum.get(), bytes.data(), &length);
  std::string text;
  for (unsigned int i = 0; i < length; ++i) {
    constexpr const char* digits = "0123456789abcdef";
    text += digits[bytes[i] >> 4U];
    text += digits[bytes[i] & 15U];
  }
  return text;
}

void download_file(const RemoteFile& file, const fs::path& target, const DownloadOptions& options) {
  fs::path part = target;
  part += ".part";
  std::error_code code;
  fs::create_directories(target.parent_path(), code);
  const bool begun = size_of(part) > 0;
  fetch(file, part, options);
  if (md5_of(part) != file.md5 && begun) {
    // What lay there may have been of another version of the file.
    fs::remove(part);
    fetch(file, part, options);
  }
  if (md5_of(part) != file.md5) {
    fs::remove(part);
    throw Error(Error::Kind::file, file.url,
                "sends another file than its publishers describe (the checksum differs)",
                "see the publishers' page");
  }
  fs::rename(part, target, code);
  if (code) throw Error(Error::Kind::file, target.string(), "cannot be put in place: " + code.message());
}

}  // namespace paralif
