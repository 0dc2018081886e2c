using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace AdvFit.Learning.Formats;

/// <summary>
/// NumPy's .npz format: a zip of .npy files. Written without compression, for then the bytes depend on nothing but the
/// arrays: a deflate library chooses other encodings on other processors.
/// </summary>
public static class Npz
{
    private const ushort ZipVersion = 20;

    /// <summary>Names are UTF-8 (APPNOTE 4.4.4, bit 11).</summary>
    private const ushort Utf8Names = 1 << 11;

    /// <summary>The first of January 1980, the earliest date of the format.</summary>
    private const ushort FixedDate = (1 << 5) | 1;

    /// <summary>A whole file, the arrays in the given order. Equal arguments give equal bytes.</summary>
    /// <param name="arrays">The arrays by name; the names, without <c>.npy</c>, are what NumPy calls them.</param>
    /// <exception cref="ArgumentException">A name is used twice, or an array's shape does not fit its values.</exception>
    public static byte[] Write(params IReadOnlyList<(string Name, NpyArray Array)> arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var file = new MemoryStream();
        using var directory = new MemoryStream();
        foreach (var (name, array) in arrays)
        {
            if (!names.Add(name))
            {
                throw new ArgumentException($"The array name '{name}' is used twice.", nameof(arrays));
            }

            var contents = Npy.Write(array);
            var entry = new ZipEntry(
                Encoding.UTF8.GetBytes(name + ".npy"), Crc32.HashToUInt32(contents), contents.Length,
                checked((int)file.Position));
            entry.WriteLocalHeader(file);
            file.Write(contents);
            entry.WriteDirectoryHeader(directory);
        }

        var directoryStart = checked((int)file.Position);
        directory.WriteTo(file);
        Span<byte> end = stackalloc byte[22];
        end.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054B50);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], checked((ushort)arrays.Count));
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], checked((ushort)arrays.Count));
        BinaryPrimitives.WriteInt32LittleEndian(end[12..], checked((int)directory.Length));
        BinaryPrimitives.WriteInt32LittleEndian(end[16..], directoryStart);
        file.Write(end);
        return file.ToArray();
    }

    /// <summary>The arrays of a file by name, stored or deflated.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="fileName">What errors call the file.</param>
    /// <exception cref="InvalidDataException">
    /// The file is no zip, is truncated, an entry's checksum differs, or an entry is no .npy file that
    /// <see cref="Npy.Read"/> reads. The message names the file.
    /// </exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(byte[] file, string fileName)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            var arrays = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
            foreach (var entry in zip.Entries)
            {
                var entryName = $"{fileName}({entry.FullName})";
                if (!entry.FullName.EndsWith(".npy", StringComparison.Ordinal))
                {
                    throw FormatError.At(entryName, 0, "the entry is no .npy file");
                }

                if (!arrays.TryAdd(entry.FullName[..^4], Npy.Read(Contents(entry, entryName), entryName)))
                {
                    throw FormatError.At(entryName, 0, "the entry is there twice");
                }
            }

            return arrays;
        }
        catch (InvalidDataException error) when (!error.Message.StartsWith(fileName, StringComparison.Ordinal))
        {
            throw FormatError.At(fileName, file.Length, "this is no zip file, or it is truncated", error);
        }
    }

    private static byte[] Contents(ZipArchiveEntry entry, string entryName)
    {
        using var contents = new MemoryStream();
        using (var stream = entry.Open())
        {
            stream.CopyTo(contents);
        }

        var bytes = contents.ToArray();
        return bytes.Length == entry.Length && Crc32.HashToUInt32(bytes) == entry.Crc32
            ? bytes
            : throw FormatError.At(entryName, 0, "the entry's length or checksum is not what the zip file says");
    }

    /// <summary>One stored file of the zip (APPNOTE 4.3.7 and 4.3.12).</summary>
    private sealed record ZipEntry(byte[] Name, uint Crc, int Length, int Offset)
    {
        public void WriteLocalHeader(Stream file)
        {
            Span<byte> header = stackalloc byte[30];
            BinaryPrimitives.WriteUInt32LittleEndian(header, 0x04034B50);
            WriteCommon(header[4..]);
            file.Write(header);
            file.Write(Name);
        }

        public void WriteDirectoryHeader(Stream directory)
        {
            Span<byte> header = stackalloc byte[46];
            header.Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(header, 0x02014B50);
            BinaryPrimitives.WriteUInt16LittleEndian(header[4..], ZipVersion);
            WriteCommon(header[6..]);
            BinaryPrimitives.WriteInt32LittleEndian(header[42..], Offset);
            directory.Write(header);
            directory.Write(Name);
        }

        /// <summary>The 26 bytes that both headers share: version to extract up to the length of the extra field.</summary>
        private void WriteCommon(Span<byte> header)
        {
            header[..26].Clear();
            BinaryPrimitives.WriteUInt16LittleEndian(header, ZipVersion);
            BinaryPrimitives.WriteUInt16LittleEndian(header[2..], Utf8Names);
            BinaryPrimitives.WriteUInt16LittleEndian(header[8..], FixedDate);
            BinaryPrimitives.WriteUInt32LittleEndian(header[10..], Crc);
            BinaryPrimitives.WriteInt32LittleEndian(header[14..], Length);
            BinaryPrimitives.WriteInt32LittleEndian(header[18..], Length);
            BinaryPrimitives.WriteUInt16LittleEndian(header[22..], checked((ushort)Name.Length));
        }
    }
}
