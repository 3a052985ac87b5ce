package picture

// inverseDCT makes 8×8 samples of a block of coefficients: the algorithm of Loeffler,
// Ligtenberg and Moschytz (1989) in integers with 13 fractional bits, as libjpeg's "slow"
// transform does it.
func inverseDCT(dst []byte, stride int, coefs []int16, quant *[64]int32) {
	var b [64]int32
	for k, at := range natural {
		b[at] = int32(coefs[at]) * quant[k]
	}
	// Hostile tables multiply beyond what any picture has; 16 bits are enough for all.
	for i, v := range b {
		b[i] = min(max(v, -1<<15), 1<<15)
	}
	for i := range 8 {
		butterfly(&b, i, 8, 11)
	}
	for i := range 8 {
		butterfly(&b, 8*i, 1, 18)
	}
	for y := range 8 {
		row := dst[y*stride:][:8]
		for x := range row {
			row[x] = clamp(b[8*y+x] + 128)
		}
	}
}

// butterfly transforms eight values, step apart; what it makes is shift bits smaller.
func butterfly(b *[64]int32, at, step int, shift uint) {
	v := func(i int) int64 { return int64(b[at+i*step]) }
	const one = 1 << 13
	z := (v(2) + v(6)) * 4433
	t2, t3 := z-v(6)*15137, z+v(2)*6270
	t0, t1 := (v(0)+v(4))*one, (v(0)-v(4))*one
	e0, e3, e1, e2 := t0+t3, t0-t3, t1+t2, t1-t2

	o0, o1, o2, o3 := v(7), v(5), v(3), v(1)
	z1, z2, z3, z4 := o0+o3, o1+o2, o0+o2, o1+o3
	z5 := (z3 + z4) * 9633
	o0, o1, o2, o3 = o0*2446, o1*16819, o2*25172, o3*12299
	z1, z2, z3, z4 = -z1*7373, -z2*20995, z5-z3*16069, z5-z4*3196
	o0, o1, o2, o3 = o0+z1+z3, o1+z2+z4, o2+z2+z3, o3+z1+z4

	half := int64(1) << (shift - 1)
	set := func(i int, n int64) { b[at+i*step] = int32((n + half) >> shift) }
	set(0, e0+o3)
	set(7, e0-o3)
	set(1, e1+o2)
	set(6, e1-o2)
	set(2, e2+o1)
	set(5, e2-o1)
	set(3, e3+o0)
	set(4, e3-o0)
}
