using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;

namespace AdvFit.Learning.Data;

/// <summary>
/// The pixels of many images: a part of an array, or of a file that is mapped into memory and may be larger than any array. What is
/// mapped stays so for as long as the process lives, so that no pointer into it can dangle.
/// </summary>
public sealed unsafe class PixelBytes
{
    private const int HashedAtOnce = 1 << 24;

    private readonly byte[]? _array;
    private readonly byte* _mapped;
    private readonly long _start;

    /// <summary>The bytes of an array, which is not copied.</summary>
    public PixelBytes(byte[] array)
    {
        ArgumentNullException.ThrowIfNull(array);
        (_array, Length) = (array, array.Length);
    }

    private PixelBytes(byte[]? array, byte* mapped, long start, long length)
    {
        _mapped = mapped;
        (_array, _start, Length) = (array, start, length);
    }

    /// <summary>Number of bytes.</summary>
    public long Length { get; }

    /// <summary>Some of the bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all there.</exception>
    public ReadOnlySpan<byte> Slice(long start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + length, Length);
        return _array is null
            ? new ReadOnlySpan<byte>(_mapped + _start + start, length)
            : _array.AsSpan((int)(_start + start), length);
    }

    /// <summary>The first byte, for <c>fixed</c>; a null reference where there are no bytes.</summary>
    public ref readonly byte GetPinnableReference() => ref Length == 0
        ? ref System.Runtime.CompilerServices.Unsafe.NullRef<byte>()
        : ref Slice(0, 1)[0];

    /// <summary>The bytes of a whole file, mapped.</summary>
    /// <exception cref="IOException">It cannot be mapped.</exception>
    internal static PixelBytes Map(FileStream file)
    {
        using var whole = MemoryMappedFile.CreateFromFile(
            file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        var view = whole.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* mapped = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref mapped);
        return new PixelBytes(null, mapped, 0, file.Length);
    }

    /// <summary>A part of the bytes, not copied.</summary>
    internal PixelBytes Part(long start, long length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + length, Length);
        return new PixelBytes(_array, _mapped, _start + start, length);
    }

    /// <summary>Two runs of bytes as one; copied only where the second does not follow the first in memory.</summary>
    internal static PixelBytes Join(PixelBytes first, PixelBytes second) =>
        first._array == second._array && first._mapped == second._mapped && first._start + first.Length == second._start
            ? new PixelBytes(first._array, first._mapped, first._start, first.Length + second.Length)
            : new PixelBytes([.. first.Slice(0, checked((int)first.Length)), .. second.Slice(0, checked((int)second.Length))]);

    /// <summary>Adds the bytes to a hash.</summary>
    internal void AddTo(IncrementalHash hash)
    {
        for (long at = 0; at < Length; at += HashedAtOnce)
        {
            hash.AppendData(Slice(at, (int)Math.Min(HashedAtOnce, Length - at)));
        }
    }
}
