using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace AdvFit.Learning.Formats;

/// <summary>
/// NumPy's .npy format, version 1.0 (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): a magic
/// string, a header in the form of a Python dictionary, then the values.
/// </summary>
public static partial class Npy
{
    /// <summary>Bytes of the magic string, the version and the header's length.</summary>
    private const int Preamble = 10;

    /// <summary>The values start at a multiple of this.</summary>
    private const int Alignment = 64;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>A whole file. Equal arrays give equal bytes.</summary>
    /// <exception cref="ArgumentException">The number of values is not what the shape says.</exception>
    public static byte[] Write(NpyArray array)
    {
        ArgumentNullException.ThrowIfNull(array);
        if (FormatError.ElementCount(array.Shape) != array.Length)
        {
            throw new ArgumentException(
                $"An array of shape ({string.Join(", ", array.Shape)}) holds {array.Length} values.", nameof(array));
        }

        var shape = array.Shape.Length == 1 ? $"{array.Shape[0]}," : string.Join(", ", array.Shape);
        var header = $"{{'descr': '{array.Type}', 'fortran_order': False, 'shape': ({shape}), }}";
        var start = (Preamble + header.Length + Alignment) / Alignment * Alignment;
        var file = new byte[checked(start + array.Bytes.Length)];
        Magic.CopyTo(file);
        file[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), checked((ushort)(start - Preamble)));
        Encoding.ASCII.GetBytes(header.PadRight(start - Preamble - 1) + '\n', file.AsSpan(Preamble));
        array.Bytes.CopyTo(file.AsSpan(start));
        return file;
    }

    /// <summary>The array of a file, whose element type must be the one asked for.</summary>
    /// <exception cref="InvalidDataException">As for <see cref="Read"/>, or it is of another element type.</exception>
    public static NpyArray<T> Read<T>(ReadOnlySpan<byte> file, string fileName)
        where T : unmanaged
    {
        var array = Read(file, fileName);
        return array as NpyArray<T> ?? throw FormatError.At(
            fileName, Preamble, $"the array is of type {array.Type}, where {NpyType.Of<T>()} is needed");
    }

    /// <summary>The array of a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="fileName">What errors call the file.</param>
    /// <exception cref="InvalidDataException">
    /// The file is truncated, has bytes left over, is no .npy file of version 1.0, is in Fortran order or of an element
    /// type other than float32, float64, uint8, bool, int32 and int64. The message names the file and the byte.
    /// </exception>
    public static NpyArray Read(ReadOnlySpan<byte> file, string fileName)
    {
        if (file.Length < Preamble || !file.StartsWith(Magic))
        {
            throw FormatError.At(fileName, 0, "this is no .npy file");
        }

        if (file[6] != 1 || file[7] != 0)
        {
            throw FormatError.At(fileName, 6, $".npy version {file[6]}.{file[7]} is not read, only 1.0");
        }

        var dataStart = Preamble + BinaryPrimitives.ReadUInt16LittleEndian(file[8..]);
        if (dataStart > file.Length)
        {
            throw FormatError.At(fileName, file.Length, "the file is truncated within its header");
        }

        var header = HeaderPattern().Match(Encoding.Latin1.GetString(file[Preamble..dataStart]));
        if (!header.Success)
        {
            throw FormatError.At(fileName, Preamble, "the header is not what NumPy writes");
        }

        var shape = ParseShape(header.Groups["shape"].Value, fileName);
        if (header.Groups["fortran"].Value == "True" && shape.Length > 1)
        {
            throw FormatError.At(
                fileName, Preamble, "the array is in Fortran order; save numpy.ascontiguousarray of it instead");
        }

        return ReadValues(header.Groups["type"].Value, shape, file, dataStart, fileName);
    }

    private static int[] ParseShape(string text, string fileName)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var shape = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
            {
                throw FormatError.At(fileName, Preamble, $"the shape ({text}) is not valid or too large");
            }
        }

        return shape;
    }

    private static NpyArray ReadValues(
        string type, int[] shape, ReadOnlySpan<byte> file, int dataStart, string fileName) => type switch
        {
            NpyType.Float32 => Values<float>(shape, file, dataStart, fileName),
            NpyType.Float64 => Values<double>(shape, file, dataStart, fileName),
            NpyType.UInt8 => Values<byte>(shape, file, dataStart, fileName),
            NpyType.Boolean => Booleans(shape, file, dataStart, fileName),
            NpyType.Int32 => Values<int>(shape, file, dataStart, fileName),
            NpyType.Int64 => Values<long>(shape, file, dataStart, fileName),
            _ => throw FormatError.At(fileName, Preamble, $"the element type '{type}' is not read"),
        };

    private static unsafe NpyArray<T> Values<T>(int[] shape, ReadOnlySpan<byte> file, int dataStart, string fileName)
        where T : unmanaged
    {
        var present = file.Length - dataStart;
        var needed = FormatError.ElementCount(shape) * sizeof(T)
            ?? throw FormatError.At(fileName, Preamble, "the shape is too large");
        if (present < needed)
        {
            throw FormatError.At(
                fileName, file.Length, $"the file is truncated: {needed} bytes of values announced, {present} present");
        }

        if (present > needed)
        {
            throw FormatError.At(fileName, dataStart + needed, $"{present - needed} bytes are left over after the values");
        }

        return new NpyArray<T>(shape, MemoryMarshal.Cast<byte, T>(file[dataStart..]).ToArray());
    }

    private static NpyArray<bool> Booleans(int[] shape, ReadOnlySpan<byte> file, int dataStart, string fileName)
    {
        var bytes = Values<byte>(shape, file, dataStart, fileName).Values;
        var wrong = bytes.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)1);
        return wrong < 0
            ? new NpyArray<bool>(shape, Array.ConvertAll(bytes, value => value == 1))
            : throw FormatError.At(fileName, dataStart + wrong, $"{bytes[wrong]} is no boolean");
    }

    [GeneratedRegex(
        """^\{'descr': '(?<type>[^']*)', 'fortran_order': (?<fortran>True|False), 'shape': \((?<shape>[0-9, ]*)\), ?\}\s*\z""")]
    private static partial Regex HeaderPattern();
}
