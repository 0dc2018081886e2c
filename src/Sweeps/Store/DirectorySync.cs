using System.Runtime.InteropServices;

namespace AdvFit.Sweeps.Store;

/// <summary>
/// Makes a rename durable: on POSIX systems the folder's own entry must be flushed too, or a power loss can undo it.
/// Windows has no such call and journals its folders itself.
/// </summary>
internal static partial class DirectorySync
{
    private const int ReadOnly = 0;
    private const int InvalidArgument = 22;

    /// <summary>Creates a folder and those above it that lack, each recorded on the disk by the one above it.</summary>
    /// <exception cref="IOException">The disk is full, read-only, ..</exception>
    public static void Create(string directory)
    {
        if (Directory.Exists(directory))
        {
            return;
        }

        var above = Path.GetDirectoryName(directory)!;
        Create(above);
        Directory.CreateDirectory(directory);
        Flush(above);
    }

    /// <summary>Puts a folder's entries, such as one just renamed, on the disk.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(directory, ReadOnly);
        if (descriptor < 0)
        {
            throw Failure(directory);
        }

        try
        {
            // EINVAL: a file system, such as some network ones, that flushes folders at no one's bidding.
            if (FlushDescriptor(descriptor) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument)
            {
                throw Failure(directory);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failure(string directory)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : '{directory}'", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FlushDescriptor(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
