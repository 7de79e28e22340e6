// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <deque>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "core/process/single_flight.hpp"

namespace globus_sdk::inline v0::detail {

/// What is left to do of a tree, for workers that take it in turns: folders to look into, and files
/// to move.
///
/// It holds little at a time, however large the tree is: a folder is looked into only when few
/// files are waiting, and the deepest one first.
///
/// @tparam Folder a part of a folder that is looked into in one go, such as a page of its listing.
template <class Folder, class File> class TreeQueue {
 public:
  using News = std::shared_ptr<Flight<std::monostate>>;
  /// What a worker does next: one of these, or nothing any more.
  struct Turn {
    std::optional<Folder> folder{};
    std::optional<File> file{};
    News news{};  ///< wait for this, and ask again

    bool is_end() const noexcept { return !folder && !file && !news; }
  };

  /// @param few how many waiting files are so few that a folder is looked into.
  /// @param most_visits how many folders may be looked into at once.
  /// @param top what there is to do at the beginning.
  TreeQueue(std::size_t few, int most_visits, Folder top) : few_(few), most_visits_(most_visits) {
    folders_.push_back(std::move(top));
  }

  /// What comes next. Whoever gets a folder says when it has been looked into: visited().
  Turn next() {
    const std::lock_guard lock(mutex_);
    Turn turn;
    if (!folders_.empty() && visits_ < most_visits_ && files_.size() < few_) {
      turn.folder.emplace(std::move(folders_.back()));
      folders_.pop_back();
      ++visits_;
    } else if (!files_.empty()) {
      turn.file.emplace(std::move(files_.front()));
      files_.pop_front();
    } else if (visits_ > 0) {
      if (!news_) news_ = std::make_shared<Flight<std::monostate>>();
      turn.news = news_;
    }
    return turn;
  }
  /// Adds what was found in a folder. The last of the folders is looked into first.
  void add(std::vector<Folder> folders, std::vector<File> files) {
    News told;
    {
      const std::lock_guard lock(mutex_);
      if (is_closed_) return;
      folders_.insert(folders_.end(), std::make_move_iterator(folders.begin()),
                      std::make_move_iterator(folders.end()));
      files_.insert(files_.end(), std::make_move_iterator(files.begin()),
                    std::make_move_iterator(files.end()));
      told = std::move(news_);
    }
    tell(told);
  }
  /// A folder has been looked into.
  ///
  /// @return whether it was the last one, so that all files of the tree are known.
  bool visited() {
    News told;
    bool was_last = false;
    {
      const std::lock_guard lock(mutex_);
      --visits_;
      was_last = visits_ == 0 && folders_.empty();
      told = std::move(news_);
    }
    tell(told);
    return was_last;
  }
  /// Forgets what is left.
  void close() {
    std::vector<Folder> folders;
    std::deque<File> files;
    News told;
    {
      const std::lock_guard lock(mutex_);
      is_closed_ = true;
      folders.swap(folders_);
      files.swap(files_);
      told = std::move(news_);
    }
    tell(told);
  }

 private:
  static void tell(const News& news) {
    if (news) news->land({});
  }

  const std::size_t few_;
  const int most_visits_;
  std::mutex mutex_;
  std::vector<Folder> folders_{};  // guarded by mutex_, as what follows
  std::deque<File> files_{};
  int visits_ = 0;
  bool is_closed_ = false;
  News news_{};
};

}  // namespace globus_sdk::inline v0::detail
