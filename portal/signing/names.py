"""The names that the signed PDF, the keys and the verifier must agree on."""

LEADER_FIELD = "ky_lanh_dao"
SEAL_FIELD = "con_dau"
NUMBER_FIELD = "so"
DATE_FIELD = "ngay"

TEST_MARK = "KIỂM THỬ"
"""In the name of every demonstration certificate; refused everywhere else."""
