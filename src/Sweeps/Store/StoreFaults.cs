using Microsoft.Data.Sqlite;

namespace AdvFit.Sweeps.Store;

/// <summary>Words errors of the file system and of SQLite as one sentence.</summary>
internal static class StoreFaults
{
    // errno values of Linux and macOS, which .NET passes on as HResult; the last two are Windows' ERROR_DISK_FULL and
    // ERROR_HANDLE_DISK_FULL.
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceededLinux = 122;
    private const int QuotaExceededMac = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    // Result codes of SQLite (sqlite.org/rescode.html).
    private const int SqliteError = 1;
    private const int SqliteBusy = 5;
    private const int SqliteReadOnly = 8;
    private const int SqliteIoError = 10;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNotADatabase = 26;

    /// <summary>What to do about a damaged journal, as the end of a sentence without its full stop.</summary>
    public const string JournalMend = "`advfit repair` keeps what is whole, and the next run computes the rest again";

    /// <summary>Below this many bytes free, a failed write is put down to the disk being full.</summary>
    private const long NearlyFull = 1 << 20;

    /// <summary>Whether an exception is one that <see cref="Explain"/> knows to put in words.</summary>
    public static bool IsFault(Exception error) =>
        error is SqliteException or UnauthorizedAccessException or IOException and not StoreException;

    /// <summary>Whether SQLite says that the file itself is damaged.</summary>
    public static bool IsDamage(SqliteException error) => error.SqliteErrorCode is SqliteCorrupt or SqliteNotADatabase or SqliteError;

    /// <summary>A failure to read or write a path.</summary>
    public static StoreException Explain(string path, Exception error)
    {
        var sentence = error switch
        {
            SqliteException sqlite => Explain(path, sqlite),
            UnauthorizedAccessException => NotWritable(path),
            { HResult: NoSpace or QuotaExceededLinux or QuotaExceededMac } => DiskFull(path),
            { HResult: WindowsDiskFull or WindowsHandleDiskFull } => DiskFull(path),
            { HResult: ReadOnlyFileSystem } => NotWritable(path),
            _ => $"{path} cannot be used: {error.Message}",
        };
        return new StoreException(sentence, error);
    }

    private static string Explain(string path, SqliteException error) => error.SqliteErrorCode switch
    {
        SqliteFull => DiskFull(path),
        SqliteIoError or SqliteCannotOpen when IsNearlyFull(path) => DiskFull(path),
        SqliteReadOnly => NotWritable(path),
        SqliteCannotOpen => $"{path} cannot be opened; check that its folder exists and is yours to write to, or use another --store.",
        SqliteCorrupt => $"The journal {path} is damaged; {JournalMend}.",
        SqliteNotADatabase => $"{path} is not a journal of AdvFit; move it away, or use another --store.",
        SqliteBusy => $"The journal {path} is locked by another program; close that program and run the command again.",
        _ => $"The journal {path} cannot be used: {error.Message}",
    };

    private static string DiskFull(string path) =>
        $"The disk is full, writing {path}; free some space and run the command again, it continues where it stopped.";

    private static string NotWritable(string path) =>
        $"{path} cannot be written to; make it writable, or use another store by --store or ADVFIT_STORE.";

    private static bool IsNearlyFull(string path)
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(path)).AvailableFreeSpace < NearlyFull;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Not knowing how full the disk is, say what SQLite said.
            return false;
        }
    }
}
